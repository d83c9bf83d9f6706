package dev.orrery.apiserver.rules.device;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.Names;
import dev.orrery.apiserver.rules.Rules;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The rules of ResourceSlice: whose devices these are, and where, stays. */
public final class ResourceSliceRules implements Rules {

    private static final List<String> PLACES =
            List.of("nodeName", "nodeSelector", "allNodes", "perDeviceNodeSelection");

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        Field spec = Field.of(object, errors).get("spec");
        spec.get("driver").require("");
        Field pool = spec.get("pool");
        pool.get("name").require("");
        if (pool.get("resourceSliceCount").number(0) <= 0) {
            pool.get("resourceSliceCount").invalid("must be greater than zero");
        }
        pool.get("generation").notNegative();
        long places =
                PLACES.stream()
                        .filter(place -> !spec.get(place).isEmpty() && isSet(spec.get(place)))
                        .count();
        if (places != 1) {
            String fault =
                    "exactly one of `nodeName`, `nodeSelector`, `allNodes`,"
                            + " `perDeviceNodeSelection` is required";
            if (places == 0) {
                spec.required(fault);
            } else {
                spec.invalid(fault);
            }
        }
        validateDevices(spec.get("devices"));
    }

    private static boolean isSet(Field place) {
        return !place.value().isBoolean() || place.isTrue();
    }

    private static void validateDevices(Field devices) {
        Set<String> names = new HashSet<>();
        for (Field device : devices.items()) {
            Field name = device.get("name");
            if (name.require("")) {
                name.invalid(Names.dnsLabel(name.text()));
            }
            if (!names.add(name.text())) {
                name.duplicate(name.text());
            }
        }
    }

    @Override
    public void validateUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        Field spec = Field.of(object, errors).get("spec");
        spec.get("driver").unchanged(old.path("spec").path("driver"));
        spec.get("nodeName").unchanged(old.path("spec").path("nodeName"));
        spec.get("pool", "name").unchanged(old.path("spec").path("pool").path("name"));
    }
}
