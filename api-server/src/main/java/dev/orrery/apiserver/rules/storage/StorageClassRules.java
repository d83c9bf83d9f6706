package dev.orrery.apiserver.rules.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Defaults;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.Labels;
import dev.orrery.apiserver.rules.Rules;
import dev.orrery.apiserver.rules.Same;
import java.util.List;
import java.util.Locale;

/** The rules of StorageClass: next to nothing of it may change. */
public final class StorageClassRules implements Rules {

    private static final List<String> RECLAIM = List.of("Delete", "Retain");
    private static final List<String> BINDING = List.of("Immediate", "WaitForFirstConsumer");

    @Override
    public void setDefaults(ObjectNode object) {
        Defaults.text(object, "reclaimPolicy", "Delete");
        Defaults.text(object, "volumeBindingMode", "Immediate");
    }

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        Field storageClass = Field.of(object, errors);
        Field provisioner = storageClass.get("provisioner");
        if (provisioner.require("")) {
            for (String fault : Labels.keyFaults(provisioner.text().toLowerCase(Locale.ROOT))) {
                provisioner.invalid(provisioner.text(), fault);
            }
        }
        storageClass.get("reclaimPolicy").oneOf(RECLAIM);
        storageClass.get("volumeBindingMode").requireOneOf(BINDING);
    }

    @Override
    public void validateUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        Field storageClass = Field.of(object, errors);
        for (String field : List.of("parameters", "provisioner", "reclaimPolicy")) {
            if (!Same.same(storageClass.get(field).value(), old.path(field))) {
                storageClass.get(field).forbidden("updates to " + field + " are forbidden.");
            }
        }
        storageClass.get("volumeBindingMode").unchanged(old.path("volumeBindingMode"));
    }
}
