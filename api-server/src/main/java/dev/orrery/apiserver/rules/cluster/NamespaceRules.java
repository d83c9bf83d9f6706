package dev.orrery.apiserver.rules.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Defaults;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.Labels;
import dev.orrery.apiserver.rules.Rules;

/**
 * The rules of Namespace. Its label says its name; its spec has a finalizer of its own, which only
 * the finalize sub-resource may remove.
 */
public final class NamespaceRules implements Rules {

    private static final String NAME_LABEL = "kubernetes.io/metadata.name";
    private static final String FINALIZER = "kubernetes";

    @Override
    public void setDefaults(ObjectNode object) {
        ObjectNode metadata = Defaults.object(object, "metadata");
        String name = metadata.path("name").asText("");
        if (!name.isEmpty()) {
            Defaults.object(metadata, "labels").put(NAME_LABEL, name);
        }
    }

    @Override
    public void prepareForCreate(ObjectNode object) {
        object.putObject("status").put("phase", "Active");
        ArrayNode finalizers = Defaults.list(Defaults.object(object, "spec"), "finalizers");
        for (JsonNode finalizer : finalizers) {
            if (finalizer.asText().equals(FINALIZER)) {
                return;
            }
        }
        finalizers.add(FINALIZER);
    }

    @Override
    public void prepareForUpdate(ObjectNode object, ObjectNode old) {
        JsonNode finalizers = old.path("spec").get("finalizers");
        if (finalizers == null) {
            Defaults.object(object, "spec").remove("finalizers");
        } else {
            Defaults.object(object, "spec").set("finalizers", finalizers);
        }
    }

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        Field finalizers = Field.of(object, errors).get("spec", "finalizers");
        for (Field finalizer : finalizers.items()) {
            String name = finalizer.text();
            var faults = Labels.keyFaults(name);
            faults.forEach(fault -> finalizers.invalid(name, fault));
            if (faults.isEmpty() && name.indexOf('/') < 0 && !name.equals(FINALIZER)) {
                finalizers.invalid(
                        name,
                        "name is neither a standard finalizer name nor is it fully qualified");
            }
        }
    }

    @Override
    public void validateStatusUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        Field phase =
                Field.of(object, errors)
                        .get("status", "Phase")
                        .with(object.path("status").path("phase"));
        boolean deleted = object.path("metadata").hasNonNull("deletionTimestamp");
        if (!deleted && !phase.is("Active")) {
            phase.invalid(phase.text(), "may only be 'Active' if `deletionTimestamp` is empty");
        } else if (deleted && !phase.is("Terminating")) {
            phase.invalid(
                    phase.text(), "may only be 'Terminating' if `deletionTimestamp` is not empty");
        }
    }
}
