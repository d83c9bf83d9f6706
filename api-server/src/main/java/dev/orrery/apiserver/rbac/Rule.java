package dev.orrery.apiserver.rbac;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.authorization.Access;
import java.util.ArrayList;
import java.util.List;

/**
 * One rule of a role: these verbs on these resources, or on these paths.
 *
 * @param names of objects; empty for all
 * @param paths where the rule is about no resources
 */
public record Rule(
        List<String> verbs,
        List<String> groups,
        List<String> resources,
        List<String> names,
        List<String> paths) {

    static final String ALL = "*";

    public Rule {
        verbs = List.copyOf(verbs);
        groups = List.copyOf(groups);
        resources = List.copyOf(resources);
        names = List.copyOf(names);
        paths = List.copyOf(paths);
    }

    static Rule of(JsonNode rule) {
        return new Rule(
                texts(rule.path("verbs")),
                texts(rule.path("apiGroups")),
                texts(rule.path("resources")),
                texts(rule.path("resourceNames")),
                texts(rule.path("nonResourceURLs")));
    }

    public static List<Rule> all(JsonNode rules) {
        List<Rule> all = new ArrayList<>();
        rules.forEach(rule -> all.add(of(rule)));
        return List.copyOf(all);
    }

    /** The parts of one role's rules that another's do not allow. */
    public static List<Rule> missing(JsonNode held, JsonNode wanted) {
        return Coverage.missing(all(held), all(wanted));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>(array.size());
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /** As it stands in a role. */
    public ObjectNode write(ObjectNode into) {
        put(into, "verbs", verbs);
        put(into, "apiGroups", groups);
        put(into, "resources", resources);
        put(into, "resourceNames", names);
        put(into, "nonResourceURLs", paths);
        return into;
    }

    private static void put(ObjectNode into, String field, List<String> texts) {
        if (!texts.isEmpty()) {
            ArrayNode array = into.putArray(field);
            texts.forEach(array::add);
        }
    }

    public boolean allows(Access access) {
        if (!has(verbs, access.verb())) {
            return false;
        }
        return access.isToResource()
                ? has(groups, access.group())
                        && hasResource(access.resource(), access.subresource())
                        && (names.isEmpty() || names.contains(access.name()))
                : hasPath(access.path());
    }

    static boolean has(List<String> texts, String wanted) {
        return texts.contains(wanted) || texts.contains(ALL);
    }

    private boolean hasResource(String resource, String part) {
        for (String known : resources) {
            if (known.equals(ALL) || matches(known, resource, part)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(String known, String resource, String part) {
        if (part.isEmpty()) {
            return known.equals(resource);
        }
        int slash = known.length() - part.length() - 1;
        if (slash < 1 || known.charAt(slash) != '/' || !known.endsWith(part)) {
            return false;
        }
        return (known.startsWith(ALL) && slash == 1)
                || (slash == resource.length() && known.startsWith(resource));
    }

    private boolean hasPath(String path) {
        for (String known : paths) {
            if (known.equals(ALL) || known.equals(path)) {
                return true;
            }
            if (known.endsWith(ALL) && path.startsWith(known.substring(0, known.length() - 1))) {
                return true;
            }
        }
        return false;
    }
}
