package dev.orrery.apiserver.rules.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Defaults;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.Rules;
import java.util.List;

/** The rules of CSIDriver. */
public final class CsiDriverRules implements Rules {

    private static final List<String> MODES = List.of("Persistent", "Ephemeral");
    private static final List<String> GROUP_POLICIES =
            List.of("ReadWriteOnceWithFSType", "File", "None");

    @Override
    public void setDefaults(ObjectNode object) {
        ObjectNode spec = object.withObjectProperty("spec");
        flag(spec, "attachRequired", true);
        flag(spec, "podInfoOnMount", false);
        flag(spec, "requiresRepublish", false);
        flag(spec, "storageCapacity", false);
        flag(spec, "seLinuxMount", false);
        Defaults.text(spec, "fsGroupPolicy", "ReadWriteOnceWithFSType");
        if (spec.path("volumeLifecycleModes").isEmpty()) {
            spec.putArray("volumeLifecycleModes").add("Persistent");
        }
    }

    private static void flag(ObjectNode spec, String name, boolean value) {
        if (Defaults.isAbsent(spec, name)) {
            spec.put(name, value);
        }
    }

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        Field spec = Field.of(object, errors).get("spec");
        spec.get("fsGroupPolicy").oneOf(GROUP_POLICIES);
        spec.get("volumeLifecycleModes").items().forEach(mode -> mode.oneOf(MODES));
    }

    @Override
    public void validateUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        Field spec = Field.of(object, errors).get("spec");
        for (String field : List.of("attachRequired", "volumeLifecycleModes")) {
            spec.get(field).unchanged(old.path("spec").path(field));
        }
    }
}
