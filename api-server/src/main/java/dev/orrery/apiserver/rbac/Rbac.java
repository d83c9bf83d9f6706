package dev.orrery.apiserver.rbac;

import dev.orrery.machinery.log.GroupResource;

/** The resources that the policy is made of. */
public final class Rbac {

    public static final String GROUP = "rbac.authorization.k8s.io";
    public static final GroupResource ROLES = new GroupResource(GROUP, "roles");
    public static final GroupResource CLUSTER_ROLES = new GroupResource(GROUP, "clusterroles");
    public static final GroupResource BINDINGS = new GroupResource(GROUP, "rolebindings");
    public static final GroupResource CLUSTER_BINDINGS =
            new GroupResource(GROUP, "clusterrolebindings");

    private Rbac() {}
}
