package dev.orrery.apiserver.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.aggregation.Delegate;
import dev.orrery.apiserver.body.Trees;

/** Makes of an old discovery document the part of the new one. Pure. */
final class DelegatedResources {

    private DelegatedResources() {}

    /** Adds a version to those of its group. */
    static void add(ArrayNode versions, Delegate delegate, JsonNode list) {
        ObjectNode one = versions.addObject().put("version", delegate.version());
        ArrayNode resources = one.putArray("resources");
        for (JsonNode given : list.path("resources")) {
            if (given.path("name").asText("").indexOf('/') < 0) {
                resources.add(resource(delegate, given, list));
            }
        }
        one.put("freshness", delegate.available() ? "Current" : "Stale");
    }

    private static ObjectNode resource(Delegate delegate, JsonNode given, JsonNode list) {
        String name = given.path("name").asText("");
        ObjectNode resource = Trees.object().put("resource", name);
        resource.set("responseKind", kind(delegate, given));
        resource.put("scope", given.path("namespaced").asBoolean() ? "Namespaced" : "Cluster")
                .put("singularResource", given.path("singularName").asText(""));
        copy(given, resource, "verbs");
        copy(given, resource, "shortNames");
        copy(given, resource, "categories");
        ArrayNode parts = Trees.object().arrayNode();
        for (JsonNode other : list.path("resources")) {
            String full = other.path("name").asText("");
            if (full.startsWith(name + "/")) {
                ObjectNode part =
                        parts.addObject().put("subresource", full.substring(name.length() + 1));
                part.set("responseKind", kind(delegate, other));
                copy(other, part, "verbs");
            }
        }
        if (!parts.isEmpty()) {
            resource.set("subresources", parts);
        }
        return resource;
    }

    private static ObjectNode kind(Delegate delegate, JsonNode given) {
        return Trees.object()
                .put("group", given.path("group").asText(delegate.group()))
                .put("version", given.path("version").asText(delegate.version()))
                .put("kind", given.path("kind").asText(""));
    }

    private static void copy(JsonNode from, ObjectNode to, String field) {
        if (from.path(field).isArray()) {
            to.set(field, from.path(field));
        }
    }
}
