package dev.orrery.apiserver.rules.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Defaults;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.FieldPath;
import dev.orrery.apiserver.rules.Quantities;
import dev.orrery.apiserver.rules.Rules;
import dev.orrery.apiserver.rules.Same;
import dev.orrery.apiserver.rules.pod.ClaimSpecRules;
import dev.orrery.apiserver.rules.pod.Difference;
import dev.orrery.machinery.resource.Quantity;

/** The rules of PersistentVolumeClaim. Once made it may be bound, and once bound it may grow. */
public final class PersistentVolumeClaimRules implements Rules {

    private static final String FROZEN =
            "spec is immutable after creation except resources.requests and"
                    + " volumeAttributesClassName for bound claims\n";

    @Override
    public void setDefaults(ObjectNode object) {
        ObjectNode spec = Defaults.existing(object, "spec");
        if (spec != null) {
            Defaults.text(spec, "volumeMode", "Filesystem");
            Quantities.canonicalize(spec.path("resources"));
            alignSources(spec);
        }
        Defaults.text(Defaults.object(object, "status"), "phase", "Pending");
    }

    /** Two fields name the source; a claim on its own has the same in both. */
    private static void alignSources(ObjectNode spec) {
        JsonNode source = spec.path("dataSource");
        JsonNode reference = spec.path("dataSourceRef");
        if (source.isObject() && !reference.isObject()) {
            spec.set("dataSourceRef", source.deepCopy());
        } else if (reference.isObject()
                && !source.isObject()
                && reference.path("namespace").asText("").isEmpty()) {
            spec.set("dataSource", reference.deepCopy());
        }
    }

    @Override
    public void prepareForCreate(ObjectNode object) {
        object.putObject("status").put("phase", "Pending");
    }

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        ClaimSpecRules.validate(Field.of(object, errors).get("spec"));
    }

    @Override
    public void validateUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        Field spec = Field.of(object, errors).get("spec");
        ObjectNode changed = Defaults.object(object, "spec").deepCopy();
        JsonNode before = old.path("spec");
        allow(changed, before, object.path("status").path("phase").asText().equals("Bound"));
        if (!Same.same(changed, before)) {
            spec.forbidden(FROZEN + Difference.between(before, changed));
        }
        validateSize(spec, old);
        if (!Same.same(spec.get("volumeMode").value(), before.path("volumeMode"))) {
            errors.invalid(
                    new FieldPath("volumeMode"),
                    spec.get("volumeMode").value(),
                    "field is immutable");
        }
    }

    private static void allow(ObjectNode changed, JsonNode before, boolean bound) {
        if (before.path("volumeName").asText("").isEmpty()) {
            copy("volumeName", before, changed);
        }
        if (Defaults.isAbsent(before, "storageClassName")) {
            copy("storageClassName", before, changed);
        }
        if (bound) {
            if (changed.path("resources").get("requests") instanceof ObjectNode requests) {
                copy("storage", before.path("resources").path("requests"), requests);
            }
            copy("volumeAttributesClassName", before, changed);
        }
    }

    private static void copy(String field, JsonNode from, ObjectNode to) {
        JsonNode value = from.get(field);
        if (value == null) {
            to.remove(field);
        } else {
            to.set(field, value);
        }
    }

    private static void validateSize(Field spec, ObjectNode old) {
        Field size = spec.get("resources", "requests").get("storage");
        Quantity now = Quantity.of(size.value());
        Quantity before =
                Quantity.of(old.path("spec").path("resources").path("requests").path("storage"));
        Quantity capacity = Quantity.of(old.path("status").path("capacity").path("storage"));
        if (now.compareTo(before) < 0 && now.compareTo(capacity) <= 0) {
            size.forbidden("field can not be less than status.capacity");
        }
    }

    @Override
    public void validateStatusUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        Quantities.noneNegative(Field.of(object, errors).get("status", "capacity"));
    }
}
