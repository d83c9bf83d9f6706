package dev.orrery.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Defaults;
import dev.orrery.apiserver.rules.Same;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.machinery.log.GroupResource;
import java.util.Map;

/** A pod takes from its runtime class what it costs and where it can run. */
public final class RuntimeClass implements AdmissionPlugin {

    private static final GroupResource CLASSES = new GroupResource("node.k8s.io", "runtimeclasses");

    @Override
    public void mutate(Attributes attributes) {
        ObjectNode pod = attributes.object();
        if (pod == null || !Cluster.writes(attributes, Operation.CREATE, Cluster.PODS)) {
            return;
        }
        ObjectNode spec = Defaults.object(pod, "spec");
        String name = spec.path("runtimeClassName").asText("");
        if (name.isEmpty()) {
            if (!spec.path("overhead").isEmpty()) {
                throw refusal(
                        attributes,
                        "Pod Overhead set without corresponding RuntimeClass defined Overhead");
            }
            return;
        }
        ObjectNode runtimeClass = Cluster.of(attributes).get(CLASSES, "", name);
        if (runtimeClass == null) {
            throw refusal(attributes, "RuntimeClass \"" + name + "\" not found");
        }
        addOverhead(attributes, spec, runtimeClass.path("overhead").path("podFixed"));
        addScheduling(attributes, spec, runtimeClass.path("scheduling"));
    }

    private static void addOverhead(Attributes attributes, ObjectNode spec, JsonNode overhead) {
        if (!spec.path("overhead").isEmpty() && !Same.same(spec.path("overhead"), overhead)) {
            throw refusal(
                    attributes, "Pod's Overhead doesn't match RuntimeClass's defined Overhead");
        }
        if (!overhead.isEmpty()) {
            spec.set("overhead", overhead);
        }
    }

    private static void addScheduling(Attributes attributes, ObjectNode spec, JsonNode scheduling) {
        for (Map.Entry<String, JsonNode> label : scheduling.path("nodeSelector").properties()) {
            ObjectNode selector = Defaults.object(spec, "nodeSelector");
            JsonNode given = selector.get(label.getKey());
            if (given != null && !given.equals(label.getValue())) {
                throw Refusals.forbidden(
                        Cluster.PODS,
                        attributes.name(),
                        "conflict: runtimeClass.scheduling.nodeSelector["
                                + label.getKey()
                                + "] = "
                                + label.getValue().asText()
                                + "; pod.spec.nodeSelector["
                                + label.getKey()
                                + "] = "
                                + given.asText());
            }
            selector.set(label.getKey(), label.getValue());
        }
        for (JsonNode toleration : scheduling.path("tolerations")) {
            Defaults.list(spec, "tolerations").add(toleration);
        }
    }

    private static RuntimeException refusal(Attributes attributes, String why) {
        return Refusals.forbidden(Cluster.PODS, attributes.name(), "pod rejected: " + why);
    }
}
