package dev.orrery.schema.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The hand-written {@code resources.txt}; its head says what it holds. */
final class ResourceTable {

    private static final List<String> ALL =
            List.of(
                    "create",
                    "delete",
                    "deletecollection",
                    "get",
                    "list",
                    "patch",
                    "update",
                    "watch");
    private static final List<String> PART = List.of("get", "patch", "update");

    private ResourceTable() {}

    /**
     * A resource or sub-resource.
     *
     * @param plural with a sub-resource's name behind it
     * @param typeKind group/version/kind of its objects
     */
    record Row(String plural, String typeKind, boolean namespaced, List<String> verbs) {

        String kind() {
            return typeKind.substring(typeKind.lastIndexOf('/') + 1);
        }

        boolean isPart() {
            return plural.contains("/");
        }
    }

    /** By group and version, {@code v1} or {@code apps/v1}. */
    static Map<String, List<Row>> read(Path file) throws IOException {
        Map<String, List<Row>> table = new LinkedHashMap<>();
        String groupVersion = "";
        for (String line : Files.readAllLines(file)) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith(" ")) {
                table.computeIfAbsent(groupVersion, key -> new ArrayList<>())
                        .add(row(groupVersion, line.strip().split(" ")));
            } else {
                groupVersion = line.strip();
            }
        }
        return table;
    }

    private static Row row(String groupVersion, String[] words) {
        String kind = words[1].contains("/") ? words[1] : groupVersion + "." + words[1];
        int dot = kind.lastIndexOf('.');
        String version = kind.substring(0, dot);
        return new Row(
                words[0],
                (version.contains("/") ? version : "/" + version) + "/" + kind.substring(dot + 1),
                words[2].equals("namespaced"),
                verbs(words[3]));
    }

    private static List<String> verbs(String word) {
        return switch (word) {
            case "all" -> ALL;
            case "part" -> PART;
            default -> List.of(word.split(","));
        };
    }
}
