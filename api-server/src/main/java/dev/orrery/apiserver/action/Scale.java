package dev.orrery.apiserver.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.ownership.Application;
import dev.orrery.apiserver.request.ApiRequest;
import dev.orrery.apiserver.status.Refusals;
import java.util.List;

/** The {@code autoscaling/v1} Scale of an object that has replicas. */
final class Scale {

    private Scale() {}

    /** Of an object of the kind. */
    static ObjectNode of(ObjectNode object, Kind kind) {
        Replicas replicas = Replicas.of(kind);
        ObjectNode scale = Trees.object().put("kind", "Scale").put("apiVersion", "autoscaling/v1");
        ObjectNode metadata = scale.putObject("metadata");
        for (String field :
                List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp")) {
            JsonNode value = object.path("metadata").get(field);
            if (value != null) {
                metadata.set(field, value);
            }
        }
        ObjectNode spec = scale.putObject("spec");
        int wanted = replicas.wanted(object);
        if (wanted != 0) {
            spec.put("replicas", wanted);
        }
        scale.putObject("status")
                .put("replicas", replicas.actual(object))
                .put("selector", replicas.selector(object));
        return scale;
    }

    /** Of the object itself, where somebody applies a Scale. */
    static ObjectNode configuration(ObjectNode scale, ApiRequest request) {
        ObjectNode object = Trees.object();
        boolean isScale =
                scale.path("apiVersion").asText("").equals("autoscaling/v1")
                        && scale.path("kind").asText("").equals("Scale");
        if (!isScale) {
            throw Refusals.badRequest("invalid object type: " + Application.described(scale));
        }
        object.put("apiVersion", request.kind().apiVersion()).put("kind", request.kind().kind());
        object.set("metadata", scale.path("metadata"));
        JsonNode replicas = scale.path("spec").get("replicas");
        if (replicas != null) {
            Replicas.of(request.kind()).want(object, replicas.asInt());
        }
        return object;
    }
}
