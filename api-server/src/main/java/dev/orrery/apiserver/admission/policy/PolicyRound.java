package dev.orrery.apiserver.admission.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.admission.Attributes;
import dev.orrery.apiserver.admission.Reshaping;
import dev.orrery.apiserver.admission.matching.MatchConditions.Answer;
import dev.orrery.apiserver.admission.matching.RequestBindings;
import dev.orrery.apiserver.admission.matching.RequestView;
import dev.orrery.apiserver.admission.matching.Shown;
import dev.orrery.apiserver.cel.Budget;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One request's way past all mutating policies: each sees what those before it have made. Used by
 * one thread at a time.
 */
final class PolicyRound {

    private final Attributes attributes;
    private final Reshaping reshaping;
    private final Set<String> asked;
    private final boolean again;
    private final List<String> faults;
    private boolean changed;

    PolicyRound(
            Attributes attributes,
            Reshaping reshaping,
            Set<String> asked,
            boolean again,
            List<String> faults) {
        this.attributes = attributes;
        this.reshaping = reshaping;
        this.asked = asked;
        this.again = again;
        this.faults = faults;
    }

    boolean hasChanged() {
        return changed;
    }

    List<String> faults() {
        return List.copyOf(faults);
    }

    /** Null where nobody had to be waited for. */
    @Nullable CompletionStage<Void> run(List<Invocation> invocations) {
        for (int i = 0; i < invocations.size(); i++) {
            Invocation invocation = invocations.get(i);
            boolean skipped = again && !asked.contains(invocation.key());
            if (invocation.policy().again()) {
                asked.add(invocation.key());
            }
            CompletionStage<Void> waited =
                    skipped || attributes.object() == null ? null : run(invocation);
            if (waited != null) {
                List<Invocation> rest = invocations.subList(i + 1, invocations.size());
                return waited.thenCompose(_ -> orDone(run(rest)));
            }
        }
        return null;
    }

    private static CompletionStage<Void> orDone(@Nullable CompletionStage<Void> stage) {
        return stage == null ? CompletableFuture.completedStage(null) : stage;
    }

    private @Nullable CompletionStage<Void> run(Invocation invocation) {
        if (Shown.asks(attributes, invocation.kind())) {
            return seen(invocation)
                    .thenCompose(seen ->
                            orDone(isMeant(invocation, seen) ? converted(invocation, 0) : null));
        }
        if (isMeant(invocation, attributes)) {
            for (Mutation mutation : invocation.policy().mutations()) {
                ObjectNode made = mutated(mutation, invocation, attributes);
                ObjectNode object = attributes.object();
                if (made != null && object != null) {
                    String part = attributes.subresource();
                    changed |= reshaping.take(object, made, invocation.kind(), part);
                }
            }
        }
        return null;
    }

    /** The request with its objects in the version that the policy wants, as they are now. */
    private CompletionStage<Attributes> seen(Invocation invocation) {
        return Shown.of(attributes, invocation.kind(), reshaping.conversions())
                .thenApply(shown -> shown.in(attributes));
    }

    /** Every mutation of a policy begins with what the one before it has left. */
    private CompletionStage<Void> converted(Invocation invocation, int index) {
        List<Mutation> mutations = invocation.policy().mutations();
        if (index == mutations.size()) {
            return CompletableFuture.completedStage(null);
        }
        return seen(invocation)
                .thenCompose(seen -> {
                    ObjectNode made = mutated(mutations.get(index), invocation, seen);
                    return made == null
                            ? CompletableFuture.completedStage(false)
                            : take(invocation, made);
                })
                .thenCompose(changes -> {
                    changed |= changes;
                    return converted(invocation, index + 1);
                });
    }

    private CompletionStage<Boolean> take(Invocation invocation, ObjectNode made) {
        ObjectNode object = attributes.object();
        return object == null
                ? CompletableFuture.completedStage(false)
                : reshaping.take(
                        object,
                        made,
                        invocation.kind(),
                        attributes.subresource(),
                        attributes.kind());
    }

    private boolean isMeant(Invocation invocation, Attributes seen) {
        Definition definition = invocation.policy().definition();
        if (definition.conditions().isEmpty()) {
            return true;
        }
        RequestBindings bindings = bindings(invocation, seen, new Budget(), false);
        return switch (definition.conditions().ask(bindings)) {
            case Answer.NotMeant _ -> false;
            case Answer.Failed(String message) -> {
                add(faults, definition, invocation.binding(), message);
                yield false;
            }
            case Answer.Meant _ -> true;
        };
    }

    private static RequestBindings bindings(
            Invocation invocation, Attributes seen, Budget budget, boolean namespaced) {
        RequestBindings bindings =
                new RequestBindings(
                        seen, invocation.kind(), invocation.param().orElse(null), namespaced);
        invocation.policy().definition().variables().bind(bindings, budget);
        return bindings;
    }

    /** Null where there is nothing to change, or it cannot be. */
    private @Nullable ObjectNode mutated(
            Mutation mutation, Invocation invocation, Attributes seen) {
        ObjectNode shown = RequestView.object(seen, invocation.kind());
        if (shown == null) {
            return null;
        }
        Budget budget = new Budget();
        try {
            return Mutator.mutated(
                    mutation,
                    shown,
                    reshaping.type(invocation.kind(), seen.subresource()),
                    bindings(invocation, seen, budget, true),
                    budget);
        } catch (MutationFault e) {
            add(faults, invocation.policy().definition(), invocation.binding(), e.text());
            return null;
        }
    }

    static void add(List<String> faults, Definition policy, @Nullable Binding binding, String why) {
        if (policy.failsOpen()) {
            return;
        }
        faults.add(
                binding == null
                        ? "policy \"" + policy.name() + "\" denied request: " + why
                        : "policy '"
                                + policy.name()
                                + "' with binding '"
                                + binding.name()
                                + "' denied request: "
                                + why);
    }
}
