package dev.orrery.apiserver.admission;

import dev.orrery.apiserver.admission.matching.Shown;
import dev.orrery.apiserver.admission.policy.PolicyIndex;
import dev.orrery.apiserver.admission.webhook.HookIndex;
import dev.orrery.apiserver.admission.webhook.Hooks;
import dev.orrery.apiserver.admission.webhook.Reinvocation;
import dev.orrery.apiserver.hook.HookClient;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.store.ClusterState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
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
        CompletionStage<Map<Kind, Shown>> shown = shown(index, attributes);
        return shown == null
                ? validate(index, attributes, Map.of())
                : shown.thenCompose(all -> orDone(validate(index, attributes, all)));
    }

    /** What policies want to see of the request; null where nobody has to be asked for it. */
    private @Nullable CompletionStage<Map<Kind, Shown>> shown(Index index, Attributes attributes) {
        CompletionStage<Map<Kind, Shown>> all = null;
        for (Kind kind : index.policies().validating().asked(attributes, reshaping.kinds())) {
            CompletionStage<Map<Kind, Shown>> before =
                    all == null ? CompletableFuture.completedStage(new HashMap<>()) : all;
            all =
                    before.thenCombine(
                            Shown.of(attributes, kind, reshaping.conversions()),
                            (known, shown) -> {
                                known.put(kind, shown);
                                return known;
                            });
        }
        return all;
    }

    private @Nullable CompletionStage<Void> validate(
            Index index, Attributes attributes, Map<Kind, Shown> shown) {
        index.policies().validating().validate(attributes, reshaping.kinds(), shown);
        return index.webhooks().validatesNothing()
                ? null
                : hooks.validate(index.webhooks(), attributes);
    }

    private static CompletionStage<Void> orDone(@Nullable CompletionStage<Void> stage) {
        return stage == null ? CompletableFuture.completedStage(null) : stage;
    }

    /** One request's way past those who may change it. Used by one thread at a time. */
    private final class Mutating {

        private final Index index;
        private final Attributes attributes;
        private final Runnable builtIn;
        private final Set<String> asked = new HashSet<>();
        private final Reinvocation reinvocation = new Reinvocation();
        private boolean changed;

        Mutating(Index index, Attributes attributes, Runnable builtIn) {
            this.index = index;
            this.attributes = attributes;
            this.builtIn = builtIn;
        }

        @Nullable CompletionStage<Void> first() {
            CompletionStage<Void> byPolicies = byPolicies(false);
            return byPolicies == null
                    ? firstHooks()
                    : byPolicies.thenCompose(_ -> orDone(firstHooks()));
        }

        private @Nullable CompletionStage<Void> firstHooks() {
            CompletionStage<Boolean> byHooks =
                    hooks.mutate(index.webhooks(), attributes, reinvocation);
            if (byHooks == null) {
                return changed ? second() : null;
            }
            return byHooks.thenCompose(more -> orDone(changed || more ? second() : null));
        }

        private @Nullable CompletionStage<Void> byPolicies(boolean again) {
            return index.policies()
                    .mutating()
                    .mutate(attributes, reshaping, asked, again, () -> changed = true);
        }

        /** All look once more at what others have changed after them. */
        private @Nullable CompletionStage<Void> second() {
            builtIn.run();
            CompletionStage<Void> byPolicies = byPolicies(true);
            return byPolicies == null
                    ? secondHooks()
                    : byPolicies.thenCompose(_ -> orDone(secondHooks()));
        }

        private @Nullable CompletionStage<Void> secondHooks() {
            reinvocation.begin(attributes.object());
            CompletionStage<Boolean> byHooks =
                    hooks.mutate(index.webhooks(), attributes, reinvocation);
            return byHooks == null ? null : byHooks.thenAccept(_ -> {});
        }
    }
}
