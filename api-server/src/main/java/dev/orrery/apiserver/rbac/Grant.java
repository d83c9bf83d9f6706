package dev.orrery.apiserver.rbac;

import dev.orrery.machinery.log.ObjectKey;

/** A role that one of the user's names has, by a binding. */
record Grant(ObjectKey binding, RoleRef role, Subject subject) {

    ObjectKey roleKey() {
        return role.key(binding.namespace());
    }

    @Override
    public String toString() {
        String bound =
                binding.namespace().isEmpty()
                        ? "ClusterRoleBinding \"" + binding.name() + "\""
                        : "RoleBinding \"" + binding.name() + "/" + binding.namespace() + "\"";
        return bound + " of " + role.kind() + " \"" + role.name() + "\" to " + subject;
    }
}
