package dev.orrery.apiserver.admission.matching;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.body.Trees;

/**
 * An object as its {@code scale} shows it, which is what policies and webhooks see of a scaling.
 */
final class ScaleView {

    private static final String[] METADATA = {
        "name", "namespace", "uid", "resourceVersion", "creationTimestamp"
    };

    private ScaleView() {}

    static ObjectNode of(JsonNode object) {
        ObjectNode scale = Trees.object().put("kind", "Scale").put("apiVersion", "autoscaling/v1");
        ObjectNode metadata = scale.putObject("metadata");
        for (String field : METADATA) {
            JsonNode value = object.path("metadata").get(field);
            if (value != null) {
                metadata.set(field, value);
            }
        }
        scale.putObject("spec").put("replicas", object.path("spec").path("replicas").asInt());
        scale.putObject("status").put("replicas", object.path("status").path("replicas").asInt());
        return scale;
    }
}
