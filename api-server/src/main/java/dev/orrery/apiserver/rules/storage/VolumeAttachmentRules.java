package dev.orrery.apiserver.rules.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.Rules;

/** The rules of VolumeAttachment: what is attached where stays. */
public final class VolumeAttachmentRules implements Rules {

    private static final String ONE =
            "must specify exactly one of inlineVolumeSpec and persistentVolumeName";

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        Field spec = Field.of(object, errors).get("spec");
        spec.get("attacher").require("");
        spec.get("nodeName").require("");
        Field source = spec.get("source");
        boolean inline = source.get("inlineVolumeSpec").exists();
        boolean named = source.get("persistentVolumeName").exists();
        if (!inline && !named) {
            source.required(ONE);
        } else if (inline && named) {
            source.invalid(ONE);
        } else if (named) {
            source.get("persistentVolumeName")
                    .require("must specify non empty persistentVolumeName");
        }
    }

    @Override
    public void validateUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        Field.of(object, errors).get("spec").unchanged(old.path("spec"));
    }
}
