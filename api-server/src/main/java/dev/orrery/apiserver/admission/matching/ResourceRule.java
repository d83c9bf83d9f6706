package dev.orrery.apiserver.admission.matching;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.admission.Attributes;
import dev.orrery.apiserver.kind.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Operations on resources. Empty lists match nothing, but for the names, which then match all.
 *
 * @param resources {@code pods}, {@code pods/exec}, {@code *}, {@code * /scale}
 * @param scope {@code Cluster}, {@code Namespaced}, or {@code *}
 */
public record ResourceRule(
        List<String> operations,
        List<String> groups,
        List<String> versions,
        List<String> resources,
        String scope,
        List<String> names) {

    public static ResourceRule of(JsonNode rule) {
        return new ResourceRule(
                texts(rule.path("operations")),
                texts(rule.path("apiGroups")),
                texts(rule.path("apiVersions")),
                texts(rule.path("resources")),
                rule.path("scope").asText("*"),
                texts(rule.path("resourceNames")));
    }

    static List<ResourceRule> all(JsonNode rules) {
        List<ResourceRule> all = new ArrayList<>();
        rules.forEach(rule -> all.add(of(rule)));
        return List.copyOf(all);
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>(list.size());
        list.forEach(text -> texts.add(text.asText()));
        return List.copyOf(texts);
    }

    /**
     * @param kind the version as which the object is looked at
     */
    boolean matches(Attributes attributes, Kind kind) {
        return isInScope(kind)
                && has(operations, attributes.operation().name())
                && has(groups, kind.group())
                && has(versions, kind.version())
                && matchesResource(kind.plural(), attributes.subresource())
                && (names.isEmpty() || names.contains(attributes.name()));
    }

    private boolean isInScope(Kind kind) {
        return switch (scope) {
            case "Cluster" -> !kind.namespaced();
            case "Namespaced" -> kind.namespaced();
            default -> true;
        };
    }

    private static boolean has(List<String> some, String wanted) {
        return some.contains("*") || some.contains(wanted);
    }

    private boolean matchesResource(String plural, String subresource) {
        for (String resource : resources) {
            int slash = resource.indexOf('/');
            String name = slash < 0 ? resource : resource.substring(0, slash);
            String part = slash < 0 ? "" : resource.substring(slash + 1);
            if ((name.equals("*") || name.equals(plural))
                    && (part.equals("*") || part.equals(subresource))) {
                return true;
            }
        }
        return false;
    }
}
