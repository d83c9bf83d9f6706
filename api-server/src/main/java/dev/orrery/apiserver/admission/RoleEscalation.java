package dev.orrery.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rbac.Escalation;
import dev.orrery.apiserver.rbac.Rbac;
import dev.orrery.apiserver.rbac.RoleRef;
import dev.orrery.apiserver.rbac.Rule;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.machinery.log.GroupResource;
import java.util.List;

/**
 * Who writes a role or a binding must hold what it gives, or the verb {@code escalate} or {@code
 * bind} on the role. In Kubernetes the storage of these kinds does this.
 */
public final class RoleEscalation implements AdmissionPlugin {

    private final Escalation escalation;

    public RoleEscalation(Escalation escalation) {
        this.escalation = escalation;
    }

    @Override
    public void validate(Attributes attributes) {
        ObjectNode object = attributes.object();
        GroupResource resource = attributes.kind().storage();
        if (object == null
                || !resource.group().equals(Rbac.GROUP)
                || attributes.operation() == Operation.DELETE) {
            return;
        }
        if (resource.equals(Rbac.ROLES) || resource.equals(Rbac.CLUSTER_ROLES)) {
            checkRole(attributes, object);
        } else {
            checkBinding(attributes, object);
        }
    }

    private void checkRole(Attributes attributes, ObjectNode role) {
        String kind = attributes.kind().kind();
        if (isUnchanged(attributes, role, "rules", "aggregationRule")
                || escalation.isFree(
                        attributes.user(),
                        "escalate",
                        new RoleRef(kind, attributes.name()),
                        attributes.namespace())) {
            return;
        }
        if (role.hasNonNull("aggregationRule")
                && !isUnchanged(attributes, role, "aggregationRule")
                && !escalation.isAlmighty(attributes.user())) {
            throw forbidden(
                    attributes, "must have cluster-admin privileges to use the aggregationRule");
        }
        refuse(attributes, Rule.all(role.path("rules")));
    }

    private void checkBinding(Attributes attributes, ObjectNode binding) {
        RoleRef role = RoleRef.of(binding.path("roleRef"));
        if (isUnchanged(attributes, binding, "roleRef", "subjects")
                || escalation.isFree(attributes.user(), "bind", role, attributes.namespace())) {
            return;
        }
        List<Rule> rules = escalation.rules(role, attributes.namespace());
        if (rules == null) {
            throw Refusals.notFound(role.resource(), role.name());
        }
        refuse(attributes, rules);
    }

    private static boolean isUnchanged(Attributes attributes, ObjectNode object, String... fields) {
        ObjectNode old = attributes.old();
        if (old == null) {
            return false;
        }
        for (String field : fields) {
            JsonNode before = old.path(field);
            if (!object.path(field).equals(before)
                    && !(object.path(field).isEmpty() && before.isEmpty())) {
                return false;
            }
        }
        return true;
    }

    private void refuse(Attributes attributes, List<Rule> given) {
        String why = escalation.refusal(attributes.user(), attributes.namespace(), given);
        if (!why.isEmpty()) {
            throw forbidden(attributes, why);
        }
    }

    private static RuntimeException forbidden(Attributes attributes, String why) {
        return Refusals.forbidden(attributes.kind().resource(), attributes.name(), why);
    }
}
