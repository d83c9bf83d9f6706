package dev.orrery.apiserver.definition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a definition's spec. What all versions have alike Kubernetes takes for the
 * spec's own, and names it so: {@code spec.validation.openAPIV3Schema}.
 */
final class SpecCheck {

    private static final List<String> SCOPES = List.of("Cluster", "Namespaced");

    private SpecCheck() {}

    static void check(Field spec) {
        checkGroup(spec.get("group"));
        spec.get("scope").requireOneOf(SCOPES);
        for (Field version : spec.get("versions").items()) {
            if (!version.get("schema", "openAPIV3Schema").exists()) {
                version.get("schema", "openAPIV3Schema").required("");
            }
        }
        boolean structural = !spec.get("preserveUnknownFields").isTrue();
        checkVersions(spec, structural);
        checkNames(spec.get("names"));
        checkShared(spec, structural);
        ConversionCheck.check(spec);
    }

    private static void checkGroup(Field group) {
        if (!group.require("")) {
            return;
        }
        List<String> faults = Names.dnsSubdomain(group.text());
        if (!faults.isEmpty()) {
            group.invalid(String.join(",", faults));
        } else if (group.text().indexOf('.') < 0) {
            group.invalid("should be a domain with at least one dot");
        }
    }

    private static void checkVersions(Field spec, boolean structural) {
        Field versions = spec.get("versions");
        Set<String> names = new HashSet<>();
        int stored = 0;
        boolean unique = true;
        boolean sharesSchema = shared(versions, "schema") != null;
        boolean sharesParts = shared(versions, "subresources") != null;
        boolean sharesColumns = shared(versions, "additionalPrinterColumns") != null;
        for (Field version : versions.items()) {
            stored += version.get("storage").isTrue() ? 1 : 0;
            unique &= names.add(version.get("name").text());
            List<String> faults = Names.dns1035Label(version.get("name").text());
            if (!faults.isEmpty()) {
                version.get("name").invalid(String.join(",", faults));
            }
            checkDeprecation(version);
            if (!sharesSchema) {
                ValidationCheck.check(version.get("schema"), hasStatus(version), structural);
            }
            if (!sharesParts) {
                PartsCheck.subresources(version.get("subresources"));
            }
            if (!sharesColumns) {
                version.get("additionalPrinterColumns").items().forEach(PartsCheck::column);
            }
            PartsCheck.selectable(
                    version.get("selectableFields"), version.value().at("/schema/openAPIV3Schema"));
        }
        if (!unique) {
            versions.invalid("must contain unique version names");
        }
        if (stored != 1) {
            versions.invalid("must have exactly one version marked as storage version");
        }
    }

    private static void checkDeprecation(Field version) {
        Field warning = version.get("deprecationWarning");
        if (!warning.exists()) {
            return;
        }
        if (!version.get("deprecated").isTrue()) {
            warning.invalid("can only be set for deprecated versions");
            return;
        }
        if (warning.text().length() > 256) {
            warning.invalid("must be <= 256 characters long");
        }
        if (warning.text().isEmpty()) {
            warning.invalid("must not be an empty string");
        }
        int control = firstControl(warning.text());
        if (control >= 0) {
            warning.invalid(
                    "must only contain printable UTF-8 characters; non-printable character found"
                            + " at index "
                            + control);
        }
    }

    private static int firstControl(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return i;
            }
        }
        return -1;
    }

    private static void checkNames(Field names) {
        names.get("plural").require("");
        names.get("singular").require("");
        names.get("kind").require("");
        names.get("listKind").require("");
        NamesCheck.check(names);
    }

    /** What all versions have alike. */
    private static void checkShared(Field spec, boolean structural) {
        Field versions = spec.get("versions");
        JsonNode schema = shared(versions, "schema");
        if (schema != null) {
            boolean status = versions.items().stream().anyMatch(SpecCheck::hasStatus);
            ValidationCheck.check(spec.get("validation").with(schema), status, structural);
        }
        JsonNode parts = shared(versions, "subresources");
        if (parts != null) {
            PartsCheck.subresources(spec.get("subresources").with(parts));
        }
        JsonNode columns = shared(versions, "additionalPrinterColumns");
        if (columns != null) {
            spec.get("additionalPrinterColumns").with(columns).items().forEach(PartsCheck::column);
        }
    }

    private static boolean hasStatus(Field version) {
        return version.get("subresources", "status").exists();
    }

    /** Null where versions differ, or have none. */
    private static @Nullable JsonNode shared(Field versions, String field) {
        JsonNode first = versions.value().path(0).get(field);
        for (JsonNode version : versions.value()) {
            if (first == null || !first.equals(version.get(field))) {
                return null;
            }
        }
        return first;
    }
}
