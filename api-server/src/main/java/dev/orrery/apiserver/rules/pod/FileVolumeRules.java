package dev.orrery.apiserver.rules.pod;

import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FilePaths;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Volumes whose files come from the API: config maps, secrets, the downward API, projections. */
final class FileVolumeRules {

    private static final List<String> FIELDS =
            List.of(
                    "metadata.annotations",
                    "metadata.labels",
                    "metadata.name",
                    "metadata.namespace",
                    "metadata.uid");
    private static final long SHORTEST_TOKEN_SECONDS = 600;
    private static final long LONGEST_TOKEN_SECONDS = 1L << 32;

    private FileVolumeRules() {}

    static void validate(String kind, Field source) {
        FilePaths.validateMode(source.get("defaultMode"));
        switch (kind) {
            case "configMap" -> validateKeys(source, "name");
            case "secret" -> validateKeys(source, "secretName");
            case "downwardAPI" ->
                    source.get("items").items().forEach(item -> validateDownward(item, source));
            default -> validateProjected(source);
        }
    }

    private static void validateKeys(Field source, String name) {
        source.get(name).require("");
        for (Field item : source.get("items").items()) {
            item.get("key").require("");
            item.get("path").require("");
            FilePaths.validateNotReserved(item.get("path"));
            FilePaths.validateMode(item.get("mode"));
        }
    }

    /** The faults are reported at the volume, not at the item. */
    private static void validateDownward(Field item, Field volume) {
        Field path = volume.get("path").with(item.get("path").value());
        path.require("");
        FilePaths.validateNotReserved(path);
        Field field = volume.get("fieldRef").with(item.get("fieldRef").value());
        Field resource = volume.get("resourceFieldRef").with(item.get("resourceFieldRef").value());
        if (field.exists()) {
            DownwardRules.validateField(field, FIELDS);
            if (resource.exists()) {
                volume.invalid(
                        "resource",
                        "fieldRef and resourceFieldRef can not be specified simultaneously");
            }
        } else if (resource.exists()) {
            DownwardRules.validateResource(resource, true);
        } else {
            volume.required("one of fieldRef and resourceFieldRef is required");
        }
        FilePaths.validateMode(volume.get("mode").with(item.get("mode").value()));
    }

    private static void validateProjected(Field volume) {
        Set<String> paths = new HashSet<>();
        for (Field source : volume.get("sources").items()) {
            int kinds = 0;
            for (var part : source.entries()) {
                if (part.getValue().exists()) {
                    kinds++;
                    validateProjection(part.getKey(), source.get(part.getKey()), volume, paths);
                }
            }
            if (kinds > 1) {
                source.forbidden("may not specify more than 1 volume type per source");
            }
        }
    }

    private static void validateProjection(
            String kind, Field projection, Field volume, Set<String> paths) {
        switch (kind) {
            case "secret", "configMap" -> {
                validateKeys(projection, "name");
                String name = projection.get("name").text();
                for (Field item : projection.get("items").items()) {
                    claimPath(item.get("path"), name, volume, paths);
                }
            }
            case "downwardAPI" -> {
                for (Field item : projection.get("items").items()) {
                    validateDownward(item, projection);
                    claimPath(item.get("path"), item.get("path").text(), volume, paths);
                }
            }
            case "serviceAccountToken" -> validateToken(projection, volume);
            default -> {}
        }
    }

    private static void claimPath(Field path, String shown, Field volume, Set<String> paths) {
        if (!path.isEmpty() && !paths.add(path.text())) {
            volume.invalid(shown, "conflicting duplicate paths");
        }
    }

    private static void validateToken(Field token, Field volume) {
        Field expiration = token.get("expirationSeconds");
        long seconds = expiration.number(SHORTEST_TOKEN_SECONDS);
        if (seconds < SHORTEST_TOKEN_SECONDS) {
            expiration.invalid("may not specify a duration less than 10 minutes");
        }
        if (seconds > LONGEST_TOKEN_SECONDS) {
            expiration.invalid("may not specify a duration larger than 2^32 seconds");
        }
        Field path = volume.get("path").with(token.get("path").value());
        if (path.require("")) {
            FilePaths.validateNotReserved(path);
        }
    }
}
