package dev.orrery.apiserver;

import dev.orrery.apiserver.admission.AdmissionPlugin;
import dev.orrery.apiserver.admission.CertificateRequests;
import dev.orrery.apiserver.admission.CertificateSubjectRestriction;
import dev.orrery.apiserver.admission.NodeRestriction;
import dev.orrery.apiserver.admission.RoleEscalation;
import dev.orrery.apiserver.authentication.Impersonation;
import dev.orrery.apiserver.authorization.Access;
import dev.orrery.apiserver.authorization.Authorizer;
import dev.orrery.apiserver.authorization.Authorizers;
import dev.orrery.apiserver.nodeaccess.NodeAuthorizer;
import dev.orrery.apiserver.policy.DefaultPolicy;
import dev.orrery.apiserver.rbac.Escalation;
import dev.orrery.apiserver.rbac.RbacAuthorizer;
import dev.orrery.apiserver.store.Store;
import dev.orrery.apiserver.user.User;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.store.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Who may do what in this cluster: the policy that it begins with, and those who decide by it. */
record Security(DefaultPolicy policy, RbacAuthorizer rbac, Authorizer authorizer) {

    private static final Set<GroupResource> EVERYTHING = Set.of(new GroupResource("*", "*"));

    /**
     * @param objects not yet started
     */
    static Security of(Store objects) {
        RbacAuthorizer rbac = new RbacAuthorizer();
        objects.derive(rbac);
        DefaultPolicy policy = DefaultPolicy.read();
        NodeAuthorizer nodes = new NodeAuthorizer(policy.nodeRules(), objects::current);
        return new Security(policy, rbac, new Authorizers(List.of(nodes, rbac)));
    }

    /** The plugins of the configuration, and what no cluster is safe without. */
    List<AdmissionPlugin> plugins(List<AdmissionPlugin> configured) {
        List<AdmissionPlugin> all = new ArrayList<>(configured);
        all.add(new NodeRestriction());
        all.add(new RoleEscalation(new Escalation(rbac, authorizer)));
        all.add(new CertificateRequests(authorizer));
        all.add(new CertificateSubjectRestriction());
        return all;
    }

    /**
     * The user that a component's call counts for, who may make it.
     *
     * @throws dev.orrery.apiserver.status.StatusException otherwise
     */
    User admit(Call call, User caller) {
        User user = Impersonation.component(caller, call.actingAs(), authorizer);
        GroupResource resource = new GroupResource(call.group(), call.resource());
        String namespace = call.resource().equals("namespaces") ? call.name() : call.namespace();
        String verb = call.verb().toString();
        authorizer.require(
                Access.to(user, verb, resource, call.subresource(), namespace, call.name()));
        return user;
    }

    /**
     * Refuses who may not list all of these, or where none is named everything.
     *
     * @throws dev.orrery.apiserver.status.StatusException to refuse
     */
    void requireList(Set<GroupResource> resources, User user) {
        for (GroupResource one : resources.isEmpty() ? EVERYTHING : resources) {
            authorizer.require(Access.to(user, "list", one, "", "", ""));
        }
    }
}
