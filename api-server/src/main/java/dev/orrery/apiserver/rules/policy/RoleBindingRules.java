package dev.orrery.apiserver.rules.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Defaults;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.Names;
import dev.orrery.apiserver.rules.Rules;
import dev.orrery.apiserver.rules.Same;
import java.util.List;

/**
 * The rules of RoleBinding and ClusterRoleBinding: what is bound stays, whom it is bound to may
 * change.
 *
 * @param namespaced a RoleBinding, which may name either kind of role
 */
public record RoleBindingRules(boolean namespaced) implements Rules {

    private static final String GROUP = "rbac.authorization.k8s.io";

    @Override
    public void setDefaults(ObjectNode object) {
        ObjectNode role = Defaults.existing(object, "roleRef");
        if (role != null) {
            Defaults.text(role, "apiGroup", GROUP);
        }
        for (ObjectNode subject : Defaults.objects(object, "subjects")) {
            String kind = subject.path("kind").asText("");
            if (kind.equals("User") || kind.equals("Group")) {
                Defaults.text(subject, "apiGroup", GROUP);
            }
        }
    }

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        Field binding = Field.of(object, errors);
        Field role = binding.get("roleRef");
        if (!role.get("apiGroup").is(GROUP)) {
            role.get("apiGroup").notSupported(List.of(GROUP));
        }
        List<String> kinds = namespaced ? List.of("Role", "ClusterRole") : List.of("ClusterRole");
        if (!kinds.contains(role.get("kind").text())) {
            role.get("kind").notSupported(kinds);
        }
        if (role.get("name").require("")) {
            role.get("name").invalid(Names.pathSegment(role.get("name").text()));
        }
        binding.get("subjects").items().forEach(this::validateSubject);
    }

    private void validateSubject(Field subject) {
        Field name = subject.get("name");
        name.require("");
        Field group = subject.get("apiGroup");
        switch (subject.get("kind").text()) {
            case "ServiceAccount" -> {
                if (!name.isEmpty()) {
                    name.invalid(Names.dnsSubdomain(name.text()));
                }
                if (!group.isEmpty()) {
                    group.notSupported(List.of(""));
                }
                if (!namespaced) {
                    subject.get("namespace").require("");
                }
            }
            case "User", "Group" -> {
                if (!group.is(GROUP)) {
                    group.notSupported(List.of(GROUP));
                }
            }
            default -> subject.get("kind").notSupported(List.of("ServiceAccount", "User", "Group"));
        }
    }

    @Override
    public void validateUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        Field role = Field.of(object, errors).get("roleRef");
        if (!Same.same(role.value(), old.path("roleRef"))) {
            role.invalid("cannot change roleRef");
        }
    }
}
