package dev.orrery.controllermanager.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** The scale of an object with {@code spec.replicas} and a selector of labels. */
final class FakeScale {

    private FakeScale() {}

    static ObjectNode of(ObjectNode object) {
        ObjectNode scale = object.objectNode();
        scale.set("metadata", object.path("metadata"));
        scale.putObject("spec").set("replicas", object.path("spec").path("replicas"));
        List<String> terms = new ArrayList<>();
        object.path("spec")
                .path("selector")
                .path("matchLabels")
                .properties()
                .forEach(label -> terms.add(label.getKey() + "=" + label.getValue().asText()));
        scale.putObject("status").put("selector", String.join(",", terms));
        return scale;
    }
}
