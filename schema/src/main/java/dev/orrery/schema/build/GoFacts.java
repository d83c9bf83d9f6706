package dev.orrery.schema.build;

import dev.orrery.schema.Merging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The hand-written {@code go-types.txt}; its head says what it holds. Rows that nobody asks for are
 * faults: they name a type or field that the model does not have.
 */
final class GoFacts {

    private static final Row NONE = new Row(Set.of());

    private final Map<String, Row> rows = new HashMap<>();
    private final Set<String> unread = new TreeSet<>();

    static GoFacts read(Path file) throws IOException {
        GoFacts facts = new GoFacts();
        String type = "";
        for (String line : Files.readAllLines(file)) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith(" ")) {
                String[] parts = line.strip().split(": ", 2);
                facts.put(type + "." + parts[0], words(parts[1]));
            } else {
                String[] parts = line.split(" ", 3);
                type = parts[0] + " " + parts[1];
                facts.put(type, parts.length > 2 ? words(parts[2]) : Set.of());
            }
        }
        return facts;
    }

    private static Set<String> words(String text) {
        return new HashSet<>(Arrays.asList(text.split(" ")));
    }

    private void put(String name, Set<String> words) {
        if (rows.put(name, new Row(words)) != null) {
            throw new IllegalStateException("two rows for " + name);
        }
        unread.add(name);
    }

    /** Of a type, {@code apps/v1 DeploymentSpec}, or a field of it. */
    Row of(String type, @Nullable String field) {
        String name = field == null ? type : type + "." + field;
        unread.remove(name);
        return rows.getOrDefault(name, NONE);
    }

    Set<String> unread() {
        return unread;
    }

    /** What is said of one type or field. */
    record Row(Set<String> words) {

        boolean says(String word) {
            return words.contains(word);
        }

        @Nullable String value(String key) {
            return words.stream()
                    .filter(word -> word.startsWith(key + "="))
                    .map(word -> word.substring(key.length() + 1))
                    .findFirst()
                    .orElse(null);
        }

        Merging merging() {
            String list = value("list");
            String patch = value("patch");
            if (list == null && patch == null && !says("atomic")) {
                return Merging.DEFAULT;
            }
            return new Merging(
                    topology(list),
                    list == null ? List.of() : inParentheses(list),
                    strategy(patch),
                    patch == null ? "" : String.join(",", inParentheses(patch)));
        }

        private Merging.Topology topology(@Nullable String list) {
            if (says("atomic")) {
                return Merging.Topology.ATOMIC;
            }
            return list == null
                    ? Merging.Topology.DEFAULT
                    : list.equals("set") ? Merging.Topology.SET : Merging.Topology.MAP;
        }

        private static Merging.Patch strategy(@Nullable String patch) {
            return switch (patch == null ? "" : patch.replaceAll("\\(.*", "")) {
                case "" -> Merging.Patch.DEFAULT;
                case "merge" -> Merging.Patch.MERGE;
                case "replace" -> Merging.Patch.REPLACE;
                case "retainKeys" -> Merging.Patch.RETAIN_KEYS;
                case "merge+retainKeys" -> Merging.Patch.MERGE_RETAIN_KEYS;
                default -> throw new IllegalStateException("unknown patch strategy " + patch);
            };
        }

        private static List<String> inParentheses(String text) {
            int open = text.indexOf('(');
            return open < 0
                    ? List.of()
                    : new ArrayList<>(
                            List.of(text.substring(open + 1, text.length() - 1).split(",")));
        }
    }
}
