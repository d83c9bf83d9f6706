package dev.orrery.apiserver.rbac;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What of some rules others do not give: nobody may hand on more than they have. Pure. */
final class Coverage {

    private Coverage() {}

    /** The parts of the given rules that the held ones do not allow, one verb and thing each. */
    static List<Rule> missing(List<Rule> held, List<Rule> given) {
        List<Rule> missing = new ArrayList<>();
        for (Rule rule : given) {
            for (Rule part : parts(rule)) {
                if (held.stream().noneMatch(have -> covers(have, part))) {
                    missing.add(part);
                }
            }
        }
        return missing;
    }

    private static List<Rule> parts(Rule rule) {
        List<Rule> parts = new ArrayList<>();
        for (String verb : rule.verbs()) {
            for (String group : rule.groups()) {
                for (String resource : rule.resources()) {
                    addNamed(parts, verb, group, resource, rule.names());
                }
            }
            for (String path : rule.paths()) {
                parts.add(part(verb, List.of(), List.of(), List.of(), List.of(path)));
            }
        }
        return parts;
    }

    private static void addNamed(
            List<Rule> parts, String verb, String group, String resource, List<String> names) {
        if (names.isEmpty()) {
            parts.add(part(verb, List.of(group), List.of(resource), names, List.of()));
        }
        for (String name : names) {
            parts.add(part(verb, List.of(group), List.of(resource), List.of(name), List.of()));
        }
    }

    private static Rule part(
            String verb,
            List<String> groups,
            List<String> resources,
            List<String> names,
            List<String> paths) {
        return new Rule(List.of(verb), groups, resources, names, paths);
    }

    private static boolean covers(Rule held, Rule part) {
        return hasAll(held.verbs(), part.verbs())
                && hasAll(held.groups(), part.groups())
                && coversResources(held, part)
                && coversNames(held, part)
                && part.paths().stream().allMatch(path -> coversPath(held, path));
    }

    private static boolean hasAll(List<String> held, List<String> wanted) {
        return held.contains(Rule.ALL) || held.containsAll(wanted);
    }

    private static boolean coversResources(Rule held, Rule part) {
        return held.resources().contains(Rule.ALL)
                || part.resources().stream()
                        .allMatch(resource ->
                                held.resources().contains(resource)
                                        || held.resources().contains(ofAll(resource)));
    }

    /** {@code *}{@code /scale} for {@code deployments/scale}. */
    private static String ofAll(String resource) {
        int slash = resource.indexOf('/');
        return slash < 0 ? resource : Rule.ALL + resource.substring(slash);
    }

    private static boolean coversNames(Rule held, Rule part) {
        return held.names().isEmpty()
                || (!part.names().isEmpty() && held.names().containsAll(part.names()));
    }

    private static boolean coversPath(Rule held, String path) {
        return held.paths().stream()
                .anyMatch(known ->
                        known.equals(path)
                                || (known.endsWith(Rule.ALL)
                                        && path.startsWith(
                                                known.substring(0, known.length() - 1))));
    }

    /** The same with the verbs of one thing together, as Kubernetes writes it, a line each. */
    static String text(List<Rule> parts) {
        Map<Rule, List<String>> verbs = new LinkedHashMap<>();
        for (Rule part : parts) {
            Rule thing =
                    new Rule(
                            List.of(), part.groups(), part.resources(), part.names(), part.paths());
            verbs.computeIfAbsent(thing, _ -> new ArrayList<>()).addAll(part.verbs());
        }
        return verbs.entrySet().stream()
                .map(entry -> text(entry.getKey(), entry.getValue()))
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    private static String text(Rule thing, List<String> verbs) {
        List<String> fields = new ArrayList<>();
        add(fields, "APIGroups", thing.groups());
        add(fields, "Resources", thing.resources());
        add(fields, "NonResourceURLs", thing.paths());
        add(fields, "ResourceNames", thing.names());
        add(fields, "Verbs", verbs);
        return "{" + String.join(", ", fields) + "}";
    }

    private static void add(List<String> fields, String field, List<String> texts) {
        if (!texts.isEmpty()) {
            fields.add(field + ":" + quoted(texts));
        }
    }

    static String quoted(List<String> texts) {
        return texts.stream()
                .map(text -> '"' + text + '"')
                .collect(Collectors.joining(" ", "[", "]"));
    }
}
