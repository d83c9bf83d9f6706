package dev.orrery.apiserver.rules.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Defaults;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.Labels;
import dev.orrery.apiserver.rules.Names;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rules of which requests a policy or a webhook is about. */
final class MatchRules {

    static final List<String> FAILURE_POLICIES = List.of("Fail", "Ignore");
    static final List<String> MATCH_POLICIES = List.of("Equivalent", "Exact");

    private static final List<String> SCOPES = List.of("*", "Cluster", "Namespaced");
    private static final List<String> OPERATIONS =
            List.of("*", "CONNECT", "CREATE", "DELETE", "UPDATE");

    private MatchRules() {}

    /** Of {@code matchConstraints}, {@code matchResources}, or a webhook itself. */
    static void setDefaults(ObjectNode resources, String... ruleLists) {
        Defaults.text(resources, "matchPolicy", "Equivalent");
        Defaults.object(resources, "namespaceSelector");
        Defaults.object(resources, "objectSelector");
        for (String list : ruleLists) {
            for (ObjectNode rule : Defaults.objects(resources, list)) {
                Defaults.text(rule, "scope", "*");
            }
        }
    }

    static void validate(Field resources) {
        resources.get("matchPolicy").requireOneOf(MATCH_POLICIES);
        Labels.validateSelector(resources.get("namespaceSelector"));
        Labels.validateSelector(resources.get("objectSelector"));
        for (String list : List.of("resourceRules", "excludeResourceRules")) {
            for (Field rule : resources.get(list).items()) {
                validateNames(rule.get("resourceNames"));
                validateRule(rule);
            }
        }
    }

    private static void validateNames(Field names) {
        Set<String> seen = new HashSet<>();
        for (Field name : names.items()) {
            name.invalid(Names.pathSegment(name.text()));
            if (!seen.add(name.text())) {
                name.duplicate(name.text());
            }
        }
    }

    static void validateRule(Field rule) {
        Field operations = rule.get("operations");
        operations.require("");
        checkAlone(operations, "operations");
        operations.items().forEach(operation -> operation.requireOneOf(OPERATIONS));
        Field groups = rule.get("apiGroups");
        groups.require("");
        checkAlone(groups, "API groups");
        Field versions = rule.get("apiVersions");
        versions.require("");
        checkAlone(versions, "API versions");
        versions.items().forEach(version -> version.require(""));
        validateResources(rule.get("resources"));
        rule.get("scope").oneOf(SCOPES);
    }

    private static void checkAlone(Field list, String what) {
        boolean all = list.items().stream().anyMatch(item -> item.is("*"));
        if (all && list.items().size() > 1) {
            list.invalid("if '*' is present, must not specify other " + what);
        }
    }

    private static void validateResources(Field resources) {
        resources.require("");
        List<String> plain = new ArrayList<>();
        Set<String> anyPart = new HashSet<>();
        Set<String> anyResource = new HashSet<>();
        for (Field resource : resources.items()) {
            String text = resource.text();
            int slash = text.indexOf('/');
            if (resource.require("") && slash < 0) {
                plain.add(text);
            } else if (slash >= 0) {
                String name = text.substring(0, slash);
                String part = text.substring(slash + 1);
                checkPart(resource, name, part, anyPart, anyResource);
            }
        }
        if (anyPart.contains("*") && anyResource.contains("*") && resources.items().size() > 1) {
            resources.invalid("if '*/*' is present, must not specify other resources");
        }
        if (plain.contains("*") && plain.stream().anyMatch(name -> !name.equals("*"))) {
            resources.invalid(
                    "if '*' is present, must not specify other resources without subresources");
        }
    }

    private static void checkPart(
            Field resource, String name, String part, Set<String> anyPart, Set<String> anyName) {
        String text = resource.text();
        if (anyPart.contains(name)) {
            resource.invalid("if '" + name + "/*' is present, must not specify " + text);
        }
        if (anyName.contains(part)) {
            resource.invalid("if '*/" + part + "' is present, must not specify " + text);
        }
        if (part.equals("*")) {
            anyPart.add(name);
        }
        if (name.equals("*")) {
            anyName.add(part);
        }
    }
}
