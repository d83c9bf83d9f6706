package dev.orrery.apiserver.policy;

import dev.orrery.apiserver.rbac.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Reads default roles and bindings from a text. A line that is not indented begins a role or binds
 * one; an indented line is a rule: verbs, API groups, resources, and perhaps names.
 *
 * <pre>
 * clusterrole system:kube-dns [LABEL]      a cluster role, labelled for aggregation
 *   list,watch core endpoints,services     a rule
 *   get paths /healthz,/livez              a rule about paths
 *   aggregates LABEL                       the role is made of those that are labelled so
 * role kube-system system:token-cleaner    a role of a namespace
 * controller node-controller               a cluster role and its binding, as controllers have
 * bind ROLE [as NAME] SUBJECT...           user:NAME, group:NAME, account:NAMESPACE/NAME
 * </pre>
 *
 * READ, WRITE and ALL stand for the verbs that one would think, EVENTS for the rule to write
 * events.
 */
final class PolicyText {

    private static final String CORE = "core";
    private static final String CONTROLLER_ROLE = "system:controller:";
    private static final String SYSTEM = "kube-system";
    private static final String ALL_CONTROLLERS = "CONTROLLERS";
    private static final String EVENTS = "create,patch,update core,events.k8s.io events";
    private static final Map<String, String> VERBS =
            Map.of(
                    "READ", "get,list,watch",
                    "WRITE", "create,delete,deletecollection,patch,update",
                    "ALL", "create,delete,deletecollection,get,list,patch,update,watch");

    private final List<DefaultRole> roles = new ArrayList<>();
    private final List<DefaultBinding> bindings = new ArrayList<>();
    private final List<String> controllers = new ArrayList<>();

    PolicyText read(String text) {
        for (String line : text.lines().toList()) {
            String content = line.strip();
            if (!content.isEmpty() && !content.startsWith("#")) {
                List<String> words = List.of(content.split("\\s+"));
                if (line.startsWith(" ")) {
                    detail(words);
                } else {
                    begin(words);
                }
            }
        }
        return this;
    }

    List<DefaultRole> roles() {
        return List.copyOf(roles);
    }

    List<DefaultBinding> bindings() {
        return List.copyOf(bindings);
    }

    private void begin(List<String> words) {
        String name = words.get(1);
        switch (words.getFirst()) {
            case "clusterrole" ->
                    roles.add(DefaultRole.of("", name, words.size() > 2 ? words.get(2) : ""));
            case "role" -> roles.add(DefaultRole.of(name, words.get(2), ""));
            case "controller" -> {
                controllers.add(name);
                roles.add(DefaultRole.of("", CONTROLLER_ROLE + name, ""));
                bind(CONTROLLER_ROLE + name, CONTROLLER_ROLE + name, List.of(account(name)));
            }
            case "bind" -> {
                boolean named = words.size() > 2 && words.get(2).equals("as");
                bind(name, named ? words.get(3) : name, words.subList(named ? 4 : 2, words.size()));
            }
            default -> throw new IllegalArgumentException("no policy: " + words);
        }
    }

    private static String account(String controller) {
        return "account:" + SYSTEM + "/" + controller;
    }

    /** The role of that name that was last read. */
    private void bind(String roleName, String name, List<String> subjects) {
        DefaultRole role =
                roles.reversed().stream()
                        .filter(one -> one.name().equals(roleName))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("no role " + roleName));
        bindings.add(new DefaultBinding(role, name, subjects));
    }

    private void detail(List<String> words) {
        DefaultRole role = roles.removeLast();
        roles.add(
                words.getFirst().equals("aggregates")
                        ? role.aggregating(words.get(1))
                        : role.with(rule(words)));
    }

    private Rule rule(List<String> words) {
        if (words.getFirst().equals("EVENTS")) {
            return rule(List.of(EVENTS.split(" ")));
        }
        List<String> verbs = split(VERBS.getOrDefault(words.getFirst(), words.getFirst()));
        List<String> things = split(words.get(2));
        if (words.get(1).equals("paths")) {
            return new Rule(verbs, List.of(), List.of(), List.of(), things);
        }
        List<String> groups =
                split(words.get(1)).stream().map(group -> group.equals(CORE) ? "" : group).toList();
        List<String> names = words.size() > 3 ? names(words.get(3)) : List.of();
        return new Rule(verbs, groups, things, names, List.of());
    }

    private List<String> names(String text) {
        return split(text.replace(ALL_CONTROLLERS, String.join(",", controllers)));
    }

    private static List<String> split(String text) {
        return Arrays.asList(text.split(","));
    }
}
