package dev.orrery.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Defaults;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.resource.PodResources;
import dev.orrery.machinery.resource.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Holds pods and claims to the limit ranges of their namespace, and fills in its defaults. */
public final class LimitRanger implements AdmissionPlugin {

    private static final GroupResource RANGES = new GroupResource("", "limitranges");
    private static final String NOTE = "kubernetes.io/limit-ranger";

    @Override
    public void mutate(Attributes attributes) {
        ObjectNode pod = attributes.object();
        if (pod == null || !Cluster.writes(attributes, Operation.CREATE, Cluster.PODS)) {
            return;
        }
        for (ObjectNode range : ranges(attributes)) {
            for (JsonNode limit : range.path("spec").path("limits")) {
                if (limit.path("type").asText("").equals("Container")) {
                    fillIn(pod, limit);
                }
            }
        }
    }

    private static List<ObjectNode> ranges(Attributes attributes) {
        return Cluster.of(attributes).list(RANGES, attributes.namespace());
    }

    private static void fillIn(ObjectNode pod, JsonNode limit) {
        List<String> notes = new ArrayList<>();
        ObjectNode spec = Defaults.object(pod, "spec");
        for (ObjectNode container : Defaults.objects(spec, "containers")) {
            fillIn(container, "container", limit, notes);
        }
        for (ObjectNode container : Defaults.objects(spec, "initContainers")) {
            fillIn(container, "init container", limit, notes);
        }
        if (!notes.isEmpty()) {
            ObjectNode metadata = Defaults.object(pod, "metadata");
            Defaults.object(metadata, "annotations")
                    .put(NOTE, "LimitRanger plugin set: " + String.join("; ", notes));
        }
    }

    private static void fillIn(
            ObjectNode container, String kind, JsonNode limit, List<String> notes) {
        ObjectNode resources = Defaults.object(container, "resources");
        Set<String> limits = fill(resources, "limits", limit.path("default"));
        Set<String> requests = fill(resources, "requests", limit.path("defaultRequest"));
        String name = kind + " " + container.path("name").asText("");
        if (!requests.isEmpty()) {
            notes.add(String.join(", ", requests) + " request for " + name);
        }
        if (!limits.isEmpty()) {
            notes.add(String.join(", ", limits) + " limit for " + name);
        }
    }

    private static Set<String> fill(ObjectNode resources, String list, JsonNode defaults) {
        Set<String> filled = new TreeSet<>();
        for (Map.Entry<String, JsonNode> entry : defaults.properties()) {
            if (!resources.path(list).has(entry.getKey())) {
                Defaults.object(resources, list).set(entry.getKey(), entry.getValue());
                filled.add(entry.getKey());
            }
        }
        return filled;
    }

    @Override
    public void validate(Attributes attributes) {
        ObjectNode object = attributes.object();
        boolean pods = Cluster.writes(attributes, Operation.CREATE, Cluster.PODS);
        boolean claims =
                Cluster.writes(attributes, Operation.CREATE, Cluster.CLAIMS)
                        || Cluster.writes(attributes, Operation.UPDATE, Cluster.CLAIMS);
        if (object == null || (!pods && !claims)) {
            return;
        }
        for (ObjectNode range : ranges(attributes)) {
            LimitCheck check = new LimitCheck();
            for (JsonNode limit : range.path("spec").path("limits")) {
                check(check, object.path("spec"), limit, pods);
            }
            if (!check.faults().isEmpty()) {
                throw Refusals.forbidden(
                        attributes.kind().resource(), attributes.name(), joined(check.faults()));
            }
        }
    }

    private static String joined(List<String> faults) {
        return faults.size() == 1 ? faults.getFirst() : "[" + String.join(", ", faults) + "]";
    }

    private static void check(LimitCheck check, JsonNode spec, JsonNode limit, boolean pods) {
        String type = limit.path("type").asText("");
        if (!pods) {
            if (type.equals("PersistentVolumeClaim")) {
                check.checkClaim(limit, PodResources.amounts(spec, "requests"));
            }
        } else if (type.equals("Container")) {
            for (String list : List.of("containers", "initContainers")) {
                for (JsonNode container : spec.path(list)) {
                    check.check(
                            limit,
                            PodResources.amounts(container, "requests"),
                            PodResources.amounts(container, "limits"));
                }
            }
        } else if (type.equals("Pod")) {
            Map<String, Quantity> requests = PodResources.total(spec, "requests");
            check.check(limit, requests, PodResources.total(spec, "limits"));
        }
    }
}
