package dev.orrery.apiserver.rules.pod;

import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.Labels;
import dev.orrery.apiserver.rules.Names;
import dev.orrery.machinery.resource.Quantity;
import java.util.List;

/** The spec of a volume claim, on its own or in a template. */
public final class ClaimSpecRules {

    public static final List<String> ACCESS_MODES =
            List.of("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod");
    public static final List<String> VOLUME_MODES = List.of("Block", "Filesystem");

    private ClaimSpecRules() {}

    public static void validate(Field spec) {
        validateAccessModes(spec.get("accessModes"));
        Labels.validateSelector(spec.get("selector"));
        validateSize(spec);
        for (String field : List.of("storageClassName", "volumeAttributesClassName")) {
            Field name = spec.get(field);
            if (!name.isEmpty()) {
                name.invalid(Names.dnsSubdomain(name.text()));
            }
        }
        spec.get("volumeMode").oneOf(VOLUME_MODES);
        for (String source : List.of("dataSource", "dataSourceRef")) {
            validateDataSource(spec.get(source));
        }
    }

    private static void validateAccessModes(Field modes) {
        if (!modes.require("at least 1 access mode is required")) {
            return;
        }
        boolean single = false;
        boolean other = false;
        for (Field mode : modes.items()) {
            if (!ACCESS_MODES.contains(mode.text())) {
                modes.errors().notSupported(modes.path(), mode.text(), ACCESS_MODES);
            } else if (mode.is("ReadWriteOncePod")) {
                single = true;
            } else {
                other = true;
            }
        }
        if (single && other) {
            modes.forbidden("may not use ReadWriteOncePod with other access modes");
        }
    }

    private static void validateSize(Field spec) {
        Field storage =
                spec.get("resources")
                        .key("storage")
                        .with(spec.get("resources", "requests").get("storage").value());
        if (!storage.exists()) {
            storage.required("");
        } else if (Quantity.of(storage.value()).signum() <= 0) {
            storage.invalid("must be greater than zero");
        } else if (!Quantity.of(storage.value()).isWhole()) {
            storage.invalid("must be an integer");
        }
    }

    private static void validateDataSource(Field source) {
        if (!source.exists()) {
            return;
        }
        source.get("name").require("");
        source.get("kind").require("");
        boolean core = source.get("apiGroup").isEmpty();
        if (core && !source.get("kind").is("PersistentVolumeClaim")) {
            source.invalid(
                    source.get("kind").text(),
                    "must be 'PersistentVolumeClaim' when referencing the default apiGroup");
        }
    }
}
