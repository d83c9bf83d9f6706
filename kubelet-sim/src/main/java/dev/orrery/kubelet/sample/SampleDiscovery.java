package dev.orrery.kubelet.sample;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the sample API server tells of itself. */
final class SampleDiscovery {

    static final String GROUP = "wardle.example.com";
    static final String VERSION = "v1alpha1";
    static final String API_VERSION = GROUP + "/" + VERSION;

    private static final List<String> VERBS =
            List.of("create", "delete", "deletecollection", "get", "list", "patch", "update");

    private SampleDiscovery() {}

    private static ObjectNode object(String kind) {
        return JsonNodeFactory.instance.objectNode().put("kind", kind).put("apiVersion", "v1");
    }

    /** Null where a path is not one of discovery's. */
    static @Nullable ObjectNode at(String path) {
        return switch (path) {
            case "/apis" -> {
                ObjectNode list = object("APIGroupList");
                list.putArray("groups").add(group(JsonNodeFactory.instance.objectNode()));
                yield list;
            }
            case "/apis/" + GROUP -> group(object("APIGroup"));
            case "/apis/" + API_VERSION -> resources();
            case "/openapi/v3/apis/" + API_VERSION -> SampleSchema.document();
            default -> null;
        };
    }

    private static ObjectNode group(ObjectNode group) {
        group.put("name", GROUP);
        group.putArray("versions").add(version());
        group.set("preferredVersion", version());
        return group;
    }

    private static ObjectNode version() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("groupVersion", API_VERSION)
                .put("version", VERSION);
    }

    private static ObjectNode resources() {
        ObjectNode list = object("APIResourceList").put("groupVersion", API_VERSION);
        ArrayNode resources = list.putArray("resources");
        for (SampleKind kind : SampleKind.values()) {
            ArrayNode verbs =
                    resources
                            .addObject()
                            .put("name", kind.plural())
                            .put("singularName", kind.singular())
                            .put("namespaced", kind.namespaced())
                            .put("kind", kind.title())
                            .putArray("verbs");
            VERBS.forEach(verbs::add);
        }
        return list;
    }
}
