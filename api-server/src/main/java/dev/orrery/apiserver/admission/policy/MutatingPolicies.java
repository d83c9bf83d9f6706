package dev.orrery.apiserver.admission.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.admission.Attributes;
import dev.orrery.apiserver.admission.Reshaping;
import dev.orrery.apiserver.admission.matching.MatchConditions.Answer;
import dev.orrery.apiserver.admission.matching.RequestBindings;
import dev.orrery.apiserver.admission.matching.RequestView;
import dev.orrery.apiserver.cel.Budget;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.status.StatusException;
import dev.orrery.apiserver.status.StatusException.Cause;
import dev.orrery.apiserver.status.StatusException.Details;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lets all mutating policies change a request's object, by name. */
public final class MutatingPolicies {

    private static final int CODE_FORBIDDEN = 403;

    private final List<Bound<MutatingPolicy>> bound;

    MutatingPolicies(List<Bound<MutatingPolicy>> bound) {
        this.bound = List.copyOf(bound);
    }

    public boolean isEmpty() {
        return bound.isEmpty();
    }

    /** A policy with a binding and a parameter: what is asked again as a whole. */
    private record Invocation(
            MutatingPolicy policy, Binding binding, Kind kind, Optional<JsonNode> param) {

        String key() {
            String name = param.map(p -> p.path("metadata").path("name").asText()).orElse("");
            return policy.definition().name() + "/" + binding.name() + "/" + name;
        }
    }

    /**
     * Changes the attributes' object, or throws what the client is told.
     *
     * @param asked those asked before, that want to be asked again; grows
     * @param again whether this is the second time
     * @return whether anything has changed
     */
    public boolean mutate(
            Attributes attributes, Reshaping reshaping, Set<String> asked, boolean again) {
        List<String> faults = new ArrayList<>();
        boolean changed = false;
        for (Invocation invocation : invocations(attributes, reshaping, faults)) {
            boolean skipped = again && !asked.contains(invocation.key());
            if (!skipped && attributes.object() != null) {
                changed |= run(invocation, attributes, reshaping, faults);
            }
            if (invocation.policy().again()) {
                asked.add(invocation.key());
            }
        }
        if (!faults.isEmpty()) {
            throw refusal(attributes, faults);
        }
        return changed;
    }

    private List<Invocation> invocations(
            Attributes attributes, Reshaping reshaping, List<String> faults) {
        List<Invocation> invocations = new ArrayList<>();
        for (Bound<MutatingPolicy> one : bound) {
            Definition definition = one.policy().definition();
            Kind kind;
            try {
                kind = definition.constraints().match(attributes, reshaping.kinds());
            } catch (StatusException e) {
                add(faults, definition, null, "failed to configure policy: " + e.message());
                continue;
            }
            if (kind != null) {
                invocations.addAll(bindings(one, kind, attributes, reshaping, faults));
            }
        }
        return invocations;
    }

    private static List<Invocation> bindings(
            Bound<MutatingPolicy> one,
            Kind kind,
            Attributes attributes,
            Reshaping reshaping,
            List<String> faults) {
        Definition definition = one.policy().definition();
        List<Invocation> invocations = new ArrayList<>();
        for (Binding binding : one.bindings()) {
            try {
                if (binding.resources().match(attributes, reshaping.kinds()) == null) {
                    continue;
                }
                for (Optional<JsonNode> param :
                        Params.of(definition, binding, attributes, reshaping.kinds())) {
                    invocations.add(new Invocation(one.policy(), binding, kind, param));
                }
            } catch (StatusException e) {
                add(faults, definition, binding, "failed to configure binding: " + e.message());
            } catch (Params.Fault e) {
                add(faults, definition, binding, "failed to configure binding: " + e.text());
            }
        }
        return invocations;
    }

    private static boolean run(
            Invocation invocation,
            Attributes attributes,
            Reshaping reshaping,
            List<String> faults) {
        MutatingPolicy policy = invocation.policy();
        Definition definition = policy.definition();
        if (!definition.conditions().isEmpty()) {
            RequestBindings bindings = bindings(invocation, attributes, new Budget(), false);
            switch (definition.conditions().ask(bindings)) {
                case Answer.NotMeant _ -> {
                    return false;
                }
                case Answer.Failed(String message) -> {
                    add(faults, definition, invocation.binding(), message);
                    return false;
                }
                case Answer.Meant _ -> {}
            }
        }
        boolean changed = false;
        for (Mutation mutation : policy.mutations()) {
            try {
                changed |= mutate(mutation, invocation, attributes, reshaping);
            } catch (MutationFault e) {
                add(faults, definition, invocation.binding(), e.text());
            }
        }
        return changed;
    }

    private static RequestBindings bindings(
            Invocation invocation, Attributes attributes, Budget budget, boolean namespaced) {
        RequestBindings bindings =
                new RequestBindings(
                        attributes, invocation.kind(), invocation.param().orElse(null), namespaced);
        invocation.policy().definition().variables().bind(bindings, budget);
        return bindings;
    }

    private static boolean mutate(
            Mutation mutation, Invocation invocation, Attributes attributes, Reshaping reshaping)
            throws MutationFault {
        Kind kind = invocation.kind();
        ObjectNode stored = attributes.object();
        ObjectNode shown = RequestView.object(attributes, kind);
        if (stored == null || shown == null) {
            return false;
        }
        Budget budget = new Budget();
        ObjectNode mutated =
                Mutator.mutated(
                        mutation,
                        shown,
                        reshaping.type(kind, attributes.subresource()),
                        bindings(invocation, attributes, budget, true),
                        budget);
        return reshaping.take(stored, mutated, kind, attributes.subresource());
    }

    private static void add(
            List<String> faults, Definition policy, @Nullable Binding binding, String why) {
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

    private static StatusException refusal(Attributes attributes, List<String> faults) {
        List<Cause> causes = faults.stream().map(fault -> new Cause("", fault, "")).toList();
        Kind kind = attributes.kind();
        return new StatusException(
                CODE_FORBIDDEN,
                "Invalid",
                faults.getFirst(),
                Details.of(kind.group(), kind.plural(), attributes.name()).withCauses(causes));
    }
}
