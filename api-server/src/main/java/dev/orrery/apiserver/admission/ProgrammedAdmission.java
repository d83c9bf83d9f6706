package dev.orrery.apiserver.admission;

import dev.orrery.apiserver.admission.policy.PolicyIndex;
import dev.orrery.apiserver.admission.webhook.HookIndex;
import dev.orrery.apiserver.admission.webhook.Hooks;
import dev.orrery.apiserver.admission.webhook.Reinvocation;
import dev.orrery.apiserver.hook.HookClient;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.store.ClusterState;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Policies and webhooks as the registry holds them. What they say is kept compiled, and looked at
 * anew only where the state that a request is made against has another version of them: with none,
 * a request costs one comparison.
 */
public final class ProgrammedAdmission implements UserAdmission {

    private final Reshaping reshaping;
    private final Hooks hooks;
    private volatile Index current = new Index(0, PolicyIndex.EMPTY, HookIndex.EMPTY);

    /** Everything that is programmed at a version. */
    private record Index(long version, PolicyIndex policies, HookIndex webhooks) {}

    public ProgrammedAdmission(Reshaping reshaping, HookClient client, Executor executor) {
        this.reshaping = reshaping;
        this.hooks = new Hooks(client, reshaping, executor);
    }

    /** Two threads may make the same one; either is as good. */
    private Index index(ClusterState state) {
        Index known = current;
        long version = state.admissionVersion();
        if (known.version() == version) {
            return known;
        }
        Index next = new Index(version, known.policies().next(state), known.webhooks().next(state));
        if (current.version() < version) {
            current = next;
        }
        return next;
    }

    /** Nobody may lock himself out of mending what he programmed. */
    private static boolean concernsNobody(Attributes attributes) {
        return attributes.state().admissionVersion() == 0 || isProgram(attributes.kind());
    }

    private static boolean isProgram(Kind kind) {
        return kind.group().equals(ClusterState.ADMISSION_GROUP);
    }

    @Override
    public @Nullable CompletionStage<Void> mutate(Attributes attributes, Runnable builtIn) {
        if (concernsNobody(attributes)) {
            return null;
        }
        Index index = index(attributes.state());
        if (index.policies().mutating().isEmpty() && index.webhooks().mutatesNothing()) {
            return null;
        }
        return new Mutating(index, attributes, builtIn).first();
    }

    @Override
    public @Nullable CompletionStage<Void> validate(Attributes attributes) {
        if (concernsNobody(attributes)) {
            return null;
        }
        Index index = index(attributes.state());
        index.policies().validating().validate(attributes, reshaping.kinds());
        return index.webhooks().validatesNothing()
                ? null
                : hooks.validate(index.webhooks(), attributes);
    }

    /** One request's way past those who may change it. Used by one thread at a time. */
    private final class Mutating {

        private final Index index;
        private final Attributes attributes;
        private final Runnable builtIn;
        private final Set<String> asked = new HashSet<>();
        private final Reinvocation reinvocation = new Reinvocation();

        Mutating(Index index, Attributes attributes, Runnable builtIn) {
            this.index = index;
            this.attributes = attributes;
            this.builtIn = builtIn;
        }

        @Nullable CompletionStage<Void> first() {
            boolean changed = byPolicies(false);
            CompletionStage<Boolean> byHooks =
                    hooks.mutate(index.webhooks(), attributes, reinvocation);
            if (byHooks == null) {
                return changed ? second() : null;
            }
            return byHooks.thenCompose(more -> {
                CompletionStage<Void> rest = changed || more ? second() : null;
                return rest == null ? done() : rest;
            });
        }

        private static CompletionStage<Void> done() {
            return CompletableFuture.completedStage(null);
        }

        private boolean byPolicies(boolean again) {
            return index.policies().mutating().mutate(attributes, reshaping, asked, again);
        }

        /** All look once more at what others have changed after them. */
        private @Nullable CompletionStage<Void> second() {
            builtIn.run();
            byPolicies(true);
            reinvocation.begin(attributes.object());
            CompletionStage<Boolean> byHooks =
                    hooks.mutate(index.webhooks(), attributes, reinvocation);
            return byHooks == null ? null : byHooks.thenAccept(_ -> {});
        }
    }
}
