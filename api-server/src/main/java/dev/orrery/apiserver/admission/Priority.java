package dev.orrery.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Defaults;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.machinery.log.GroupResource;
import org.jspecify.annotations.Nullable;

/** A pod's priority is that of its class, and only one class is the default. */
public final class Priority implements AdmissionPlugin {

    private static final GroupResource CLASSES =
            new GroupResource("scheduling.k8s.io", "priorityclasses");
    private static final String PREEMPTS = "PreemptLowerPriority";

    @Override
    public void mutate(Attributes attributes) {
        ObjectNode pod = attributes.object();
        if (pod != null && Cluster.writes(attributes, Operation.CREATE, Cluster.PODS)) {
            prioritise(attributes, Defaults.object(pod, "spec"));
        } else if (pod != null && Cluster.writes(attributes, Operation.UPDATE, Cluster.PODS)) {
            keep(Defaults.object(pod, "spec"), attributes.old());
        }
    }

    /** An update that leaves them out means what there is. */
    private static void keep(ObjectNode spec, @Nullable ObjectNode old) {
        for (String field : new String[] {"priority", "preemptionPolicy"}) {
            JsonNode before = old == null ? null : old.path("spec").get(field);
            if (before != null && Defaults.isAbsent(spec, field)) {
                spec.set(field, before);
            }
        }
    }

    private static void prioritise(Attributes attributes, ObjectNode spec) {
        String name = spec.path("priorityClassName").asText("");
        ObjectNode priorityClass =
                name.isEmpty()
                        ? defaultClass(attributes)
                        : Cluster.of(attributes).get(CLASSES, "", name);
        if (priorityClass == null && !name.isEmpty()) {
            throw refusal(attributes, "no PriorityClass with name " + name + " was found");
        }
        int priority = 0;
        String policy = PREEMPTS;
        if (priorityClass != null) {
            spec.set("priorityClassName", priorityClass.path("metadata").path("name"));
            priority = priorityClass.path("value").asInt();
            policy = priorityClass.path("preemptionPolicy").asText(PREEMPTS);
        }
        setPriority(attributes, spec, priority);
        setPolicy(attributes, spec, policy);
    }

    private static void setPriority(Attributes attributes, ObjectNode spec, int priority) {
        JsonNode given = spec.path("priority");
        if (given.isNumber() && given.asInt() != priority) {
            throw refusal(
                    attributes,
                    "the integer value of priority ("
                            + given.asInt()
                            + ") must not be provided in pod spec; priority admission controller"
                            + " computed "
                            + priority
                            + " from the given PriorityClass name");
        }
        spec.put("priority", priority);
    }

    private static void setPolicy(Attributes attributes, ObjectNode spec, String policy) {
        String given = spec.path("preemptionPolicy").asText("");
        if (!given.isEmpty() && !given.equals(policy)) {
            throw refusal(
                    attributes,
                    "the string value of PreemptionPolicy ("
                            + given
                            + ") must not be provided in pod spec; priority admission controller"
                            + " computed "
                            + policy
                            + " from the given PriorityClass name");
        }
        spec.put("preemptionPolicy", policy);
    }

    private static RuntimeException refusal(Attributes attributes, String why) {
        return Refusals.forbidden(attributes.kind().resource(), attributes.name(), why);
    }

    /** Of several, the lowest. */
    private static @Nullable ObjectNode defaultClass(Attributes attributes) {
        ObjectNode found = null;
        for (ObjectNode candidate : Cluster.of(attributes).list(CLASSES, "")) {
            boolean isDefault = candidate.path("globalDefault").asBoolean();
            int value = candidate.path("value").asInt();
            if (isDefault && (found == null || value < found.path("value").asInt())) {
                found = candidate;
            }
        }
        return found;
    }

    @Override
    public void validate(Attributes attributes) {
        ObjectNode object = attributes.object();
        if (object == null
                || !attributes.kind().storage().equals(CLASSES)
                || !object.path("globalDefault").asBoolean()) {
            return;
        }
        ObjectNode other = defaultClass(attributes);
        String name = other == null ? "" : other.path("metadata").path("name").asText("");
        if (!name.isEmpty() && !name.equals(attributes.name())) {
            throw refusal(
                    attributes,
                    "PriorityClass "
                            + name
                            + " is already marked as default. Only one default can exist");
        }
    }
}
