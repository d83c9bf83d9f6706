package dev.orrery.apiserver.selector;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.machinery.log.GroupResource;
import java.util.Map;
import java.util.Set;

/** By which fields the objects of a kind can be selected. */
final class SelectableFields {

    static final String NAME = "metadata.name";
    static final String NAMESPACE = "metadata.namespace";

    private static final String SOURCE = "source";
    private static final String EVENTS = "events";

    private static final Map<GroupResource, Set<String>> MORE =
            Map.ofEntries(
                    core(
                            "pods",
                            "spec.nodeName",
                            "spec.restartPolicy",
                            "spec.schedulerName",
                            "spec.serviceAccountName",
                            "spec.hostNetwork",
                            "status.phase",
                            "status.podIP",
                            "status.podIPs",
                            "status.nominatedNodeName"),
                    core(
                            EVENTS,
                            "involvedObject.kind",
                            "involvedObject.namespace",
                            "involvedObject.name",
                            "involvedObject.uid",
                            "involvedObject.apiVersion",
                            "involvedObject.resourceVersion",
                            "involvedObject.fieldPath",
                            "reason",
                            "reportingComponent",
                            SOURCE,
                            "type"),
                    core("nodes", "spec.unschedulable"),
                    core("namespaces", "status.phase"),
                    core("secrets", "type"),
                    core("services", "spec.clusterIP", "spec.type"),
                    core("replicationcontrollers", "status.replicas"),
                    in("apps", "replicasets", "status.replicas"),
                    in("batch", "jobs", "status.successful"),
                    in("certificates.k8s.io", "certificatesigningrequests", "spec.signerName"),
                    in("resource.k8s.io", "resourceslices", "spec.nodeName", "spec.driver"));

    private static final Map<String, String> REGARDING =
            Map.of("reportingController", "reportingComponent");

    private SelectableFields() {}

    private static Map.Entry<GroupResource, Set<String>> core(String resource, String... fields) {
        return in("", resource, fields);
    }

    private static Map.Entry<GroupResource, Set<String>> in(
            String group, String resource, String... fields) {
        return Map.entry(new GroupResource(group, resource), Set.of(fields));
    }

    /** The field by its stored name; refuses one that the kind cannot be selected by. */
    static String check(String field, Kind kind) {
        if (field.equals(NAME) || field.equals(NAMESPACE)) {
            return field;
        }
        if (kind.custom() != null) {
            return own(field, kind.custom().selectableFields());
        }
        Set<String> more = MORE.get(kind.storage());
        if (more == null) {
            throw Refusals.badRequest(
                    "\""
                            + field
                            + "\" is not a known field selector: only \"metadata.name\","
                            + " \"metadata.namespace\"");
        }
        String stored = stored(field);
        if (!more.contains(stored)) {
            throw Refusals.badRequest("field label not supported: " + field);
        }
        return stored;
    }

    private static String own(String field, Set<String> fields) {
        if (!fields.contains(field)) {
            throw Refusals.badRequest("field label not supported: " + field);
        }
        return field;
    }

    private static String stored(String field) {
        return field.startsWith("regarding.")
                ? "involvedObject." + field.substring("regarding.".length())
                : REGARDING.getOrDefault(field, field);
    }

    /** The value of a field in the stored version. */
    static String value(JsonNode object, String field) {
        return switch (field) {
            case "spec.unschedulable", "spec.hostNetwork" ->
                    String.valueOf(at(object, field).asBoolean());
            case "status.replicas" -> String.valueOf(at(object, field).asInt());
            case "status.successful" ->
                    String.valueOf(object.path("status").path("succeeded").asInt());
            case SOURCE -> source(object);
            default -> at(object, field).asText("");
        };
    }

    private static String source(JsonNode event) {
        String component = event.path(SOURCE).path("component").asText("");
        return component.isEmpty() ? event.path("reportingComponent").asText("") : component;
    }

    private static JsonNode at(JsonNode object, String field) {
        JsonNode node = object;
        for (String step : field.split("\\.")) {
            node = node.path(step);
        }
        return node;
    }
}
