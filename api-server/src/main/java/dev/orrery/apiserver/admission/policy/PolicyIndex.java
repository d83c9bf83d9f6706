package dev.orrery.apiserver.admission.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.store.ClusterState;
import dev.orrery.apiserver.store.Stored;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.ObjectKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * All policies that a state of the registry puts to use. Immutable: the next state's is made from
 * it, and compiles only what is new.
 */
public final class PolicyIndex {

    public static final PolicyIndex EMPTY = new PolicyIndex(Map.of(), List.of(), List.of());

    private static final String GROUP = "admissionregistration.k8s.io";
    private static final GroupResource VALIDATING = of("validatingadmissionpolicies");
    private static final GroupResource VALIDATING_BINDINGS =
            of("validatingadmissionpolicybindings");
    private static final GroupResource MUTATING = of("mutatingadmissionpolicies");
    private static final GroupResource MUTATING_BINDINGS = of("mutatingadmissionpolicybindings");

    private final Map<ObjectKey, Made> made;
    private final ValidatingPolicies validating;
    private final MutatingPolicies mutating;

    /** What was made of a version of an object. */
    private record Made(long resourceVersion, Object policy) {}

    private PolicyIndex(
            Map<ObjectKey, Made> made,
            List<Bound<ValidatingPolicy>> validating,
            List<Bound<MutatingPolicy>> mutating) {
        this.made = made;
        this.validating = new ValidatingPolicies(validating);
        this.mutating = new MutatingPolicies(mutating);
    }

    private static GroupResource of(String plural) {
        return new GroupResource(GROUP, plural);
    }

    public ValidatingPolicies validating() {
        return validating;
    }

    public MutatingPolicies mutating() {
        return mutating;
    }

    /** The index of another state. */
    public PolicyIndex next(ClusterState state) {
        Map<ObjectKey, Made> all = new HashMap<>();
        List<Bound<ValidatingPolicy>> validators =
                bound(
                        state,
                        VALIDATING,
                        VALIDATING_BINDINGS,
                        ValidatingPolicy.class,
                        ValidatingPolicy::of,
                        all);
        List<Bound<MutatingPolicy>> mutators =
                bound(
                        state,
                        MUTATING,
                        MUTATING_BINDINGS,
                        MutatingPolicy.class,
                        MutatingPolicy::of,
                        all);
        return new PolicyIndex(Map.copyOf(all), validators, mutators);
    }

    /** A policy without a binding is not compiled. */
    private <P> List<Bound<P>> bound(
            ClusterState state,
            GroupResource policies,
            GroupResource bindings,
            Class<P> type,
            Function<JsonNode, P> compiling,
            Map<ObjectKey, Made> all) {
        Map<String, List<Binding>> byPolicy = new HashMap<>();
        for (Stored stored : state.list(bindings)) {
            Binding binding = kept(stored, Binding.class, Binding::of, all);
            byPolicy.computeIfAbsent(binding.policyName(), _ -> new ArrayList<>()).add(binding);
        }
        List<Bound<P>> bound = new ArrayList<>();
        for (Stored stored : state.list(policies)) {
            List<Binding> own = byPolicy.get(stored.key().name());
            if (own != null) {
                bound.add(new Bound<>(kept(stored, type, compiling, all), own));
            }
        }
        return bound;
    }

    private <T> T kept(
            Stored stored, Class<T> type, Function<JsonNode, T> making, Map<ObjectKey, Made> all) {
        Made known = made.get(stored.key());
        if (known == null || known.resourceVersion() != stored.resourceVersion()) {
            ObjectNode object = Trees.read(stored.value());
            known = new Made(stored.resourceVersion(), making.apply(object));
        }
        all.put(stored.key(), known);
        return type.cast(known.policy());
    }
}
