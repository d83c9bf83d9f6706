package dev.orrery.apiserver.policy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rbac.Rbac;
import java.util.List;

/**
 * A binding that every cluster has, in the namespace of its role.
 *
 * @param subjects {@code user:NAME}, {@code group:NAME}, {@code account:NAMESPACE/NAME}
 */
record DefaultBinding(DefaultRole role, String name, List<String> subjects) {

    DefaultBinding {
        subjects = List.copyOf(subjects);
    }

    ObjectNode tree() {
        String kind = role.namespace().isEmpty() ? "ClusterRoleBinding" : "RoleBinding";
        ObjectNode binding = DefaultPolicy.object(kind, role.namespace(), name);
        binding.putObject("roleRef")
                .put("apiGroup", Rbac.GROUP)
                .put("kind", role.reference().kind())
                .put("name", role.name());
        if (!subjects.isEmpty()) {
            ArrayNode array = binding.putArray("subjects");
            subjects.forEach(subject -> write(subject, array.addObject()));
        }
        return binding;
    }

    private static void write(String subject, ObjectNode into) {
        int colon = subject.indexOf(':');
        String name = subject.substring(colon + 1);
        switch (subject.substring(0, colon)) {
            case "user" -> into.put("apiGroup", Rbac.GROUP).put("kind", "User").put("name", name);
            case "group" -> into.put("apiGroup", Rbac.GROUP).put("kind", "Group").put("name", name);
            case "account" ->
                    into.put("kind", "ServiceAccount")
                            .put("name", name.substring(name.indexOf('/') + 1))
                            .put("namespace", name.substring(0, name.indexOf('/')));
            default -> throw new IllegalArgumentException("no subject: " + subject);
        }
    }
}
