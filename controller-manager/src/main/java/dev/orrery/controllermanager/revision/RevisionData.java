package dev.orrery.controllermanager.revision;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.controllermanager.pod.CanonicalTemplate;
import dev.orrery.machinery.store.Json;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;

/**
 * What a ControllerRevision holds: the strategic merge patch that gives its owner this pod template
 * again. {@code kubectl rollout undo} sends it as it is.
 */
public final class RevisionData {

    private static final String DIRECTIVE = "$patch";

    private RevisionData() {}

    public static PodTemplateSpec template(ControllerRevision revision) {
        JsonNode data = Json.MAPPER.valueToTree(revision.getData());
        JsonNode template = data.path("spec").path("template");
        if (template instanceof ObjectNode object) {
            object.remove(DIRECTIVE);
        }
        return Json.convert(template, PodTemplateSpec.class);
    }

    static JsonNode of(PodTemplateSpec template) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        ObjectNode held = Json.MAPPER.valueToTree(template);
        data.putObject("spec").set("template", held.put(DIRECTIVE, "replace"));
        return data;
    }

    static boolean holds(ControllerRevision revision, PodTemplateSpec template) {
        return CanonicalTemplate.of(template(revision)).equals(CanonicalTemplate.of(template));
    }
}
