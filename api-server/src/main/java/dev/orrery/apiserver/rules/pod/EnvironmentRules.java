package dev.orrery.apiserver.rules.pod;

import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.Names;
import java.util.List;

/** Environment variables and where their values come from. */
final class EnvironmentRules {

    private static final List<String> SOURCES =
            List.of(
                    "fieldRef",
                    "resourceFieldRef",
                    "configMapKeyRef",
                    "secretKeyRef",
                    "fileKeyRef");
    private static final List<String> FIELDS =
            List.of(
                    "metadata.name",
                    "metadata.namespace",
                    "metadata.uid",
                    "spec.nodeName",
                    "spec.serviceAccountName",
                    "status.hostIP",
                    "status.hostIPs",
                    "status.podIP",
                    "status.podIPs");

    private EnvironmentRules() {}

    static void validate(Field container) {
        for (Field variable : container.get("env").items()) {
            Field name = variable.get("name");
            if (name.require("")) {
                name.invalid(Names.environmentVariable(name.text()));
            }
            if (variable.get("valueFrom").exists()) {
                validateSource(variable);
            }
        }
        Field all = container.get("envFrom");
        for (Field source : all.items()) {
            validateFrom(all, source);
        }
    }

    private static void validateSource(Field variable) {
        Field from = variable.get("valueFrom");
        int sources = 0;
        for (String source : SOURCES) {
            if (from.get(source).exists()) {
                sources++;
                validateOne(source, from.get(source));
            }
        }
        if (sources == 0) {
            from.invalid(
                    "",
                    "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or"
                            + " `secretKeyRef`");
        } else if (!variable.get("value").isEmpty()) {
            from.invalid("", "may not be specified when `value` is not empty");
        } else if (sources > 1) {
            from.invalid("", "may not have more than one field specified at a time");
        }
    }

    private static void validateOne(String source, Field from) {
        switch (source) {
            case "fieldRef" -> DownwardRules.validateField(from, FIELDS);
            case "resourceFieldRef" -> DownwardRules.validateResource(from, false);
            case "fileKeyRef" -> from.get("key").require("");
            default -> validateKeyRef(from);
        }
    }

    private static void validateKeyRef(Field reference) {
        Field name = reference.get("name");
        for (String fault : Names.dnsSubdomain(name.text())) {
            name.invalid(name.text(), fault);
        }
        Field key = reference.get("key");
        if (key.require("")) {
            key.invalid(Names.configMapKey(key.text()));
        }
    }

    private static void validateFrom(Field all, Field source) {
        Field prefix = source.get("prefix");
        if (!prefix.isEmpty()) {
            prefix.invalid(Names.environmentVariable(prefix.text()));
        }
        int sources = 0;
        for (String kind : List.of("configMapRef", "secretRef")) {
            if (source.get(kind).exists()) {
                sources++;
                Field name = source.get(kind, "name");
                if (name.require("")) {
                    name.invalid(Names.dnsSubdomain(name.text()));
                }
            }
        }
        if (sources == 0) {
            all.invalid("", "must specify one of: `configMapRef` or `secretRef`");
        } else if (sources > 1) {
            all.invalid("", "may not have more than one field specified at a time");
        }
    }
}
