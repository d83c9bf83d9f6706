package dev.orrery.apiserver.rbac;

import dev.orrery.apiserver.authorization.Access;
import dev.orrery.apiserver.authorization.Authorizer;
import dev.orrery.apiserver.authorization.Decision;
import dev.orrery.apiserver.authorization.Decision.Allowed;
import dev.orrery.apiserver.authorization.Decision.Refused;
import dev.orrery.apiserver.store.ClusterState;
import dev.orrery.apiserver.store.Derived;
import dev.orrery.apiserver.store.Stored;
import dev.orrery.apiserver.user.User;
import dev.orrery.machinery.log.GroupResource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides by the roles and bindings that the log holds. What a question needs is kept ready, and
 * changes only when a role or a binding does.
 */
public final class RbacAuthorizer implements Authorizer, Derived {

    private static final List<GroupResource> RESOURCES =
            List.of(Rbac.CLUSTER_ROLES, Rbac.ROLES, Rbac.CLUSTER_BINDINGS, Rbac.BINDINGS);

    private volatile Policy policy = Policy.EMPTY;

    @Override
    public void restart(ClusterState state) {
        Policy read = Policy.EMPTY;
        for (GroupResource resource : RESOURCES) {
            for (Stored object : state.list(resource)) {
                read = read.with(object);
            }
        }
        policy = read;
    }

    @Override
    public void changed(ClusterState state, @Nullable Stored before, @Nullable Stored after) {
        if (before != null && isPolicy(before)) {
            policy = policy.without(before);
        }
        if (after != null && isPolicy(after)) {
            policy = policy.with(after);
        }
    }

    private static boolean isPolicy(Stored object) {
        return object.key().resource().group().equals(Rbac.GROUP);
    }

    @Override
    public Decision authorize(Access access) {
        Policy known = policy;
        Grant grant =
                known.find(
                        access.user(),
                        access.namespace(),
                        one -> allows(known.rules(one.roleKey()), access));
        return grant != null
                ? new Allowed("RBAC: allowed by " + grant)
                : new Refused(missing(known, access.user(), access.namespace()));
    }

    private static boolean allows(@Nullable List<Rule> rules, Access access) {
        if (rules != null) {
            for (int i = 0; i < rules.size(); i++) {
                if (rules.get(i).allows(access)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Which of the user's bindings lead nowhere: empty if none does. */
    private static String missing(Policy known, User user, String namespace) {
        TreeSet<String> missing = new TreeSet<>();
        known.find(
                user,
                namespace,
                grant -> {
                    if (known.rules(grant.roleKey()) == null) {
                        missing.add(
                                grant.role().resource().toString().replace("roles.", "role.")
                                        + " \""
                                        + grant.role().name()
                                        + "\" not found");
                    }
                    return false;
                });
        return switch (missing.size()) {
            case 0 -> "";
            case 1 -> "RBAC: " + missing.first();
            default -> "RBAC: [" + String.join(", ", missing) + "]";
        };
    }

    /**
     * All that a user may do in a namespace by roles and bindings.
     *
     * @param namespace empty for cluster scope
     */
    public Rights rights(User user, String namespace) {
        Policy known = policy;
        List<Rule> rules = new ArrayList<>();
        known.find(
                user,
                namespace,
                grant -> {
                    List<Rule> more = known.rules(grant.roleKey());
                    rules.addAll(more == null ? List.of() : more);
                    return false;
                });
        return new Rights(rules, missing(known, user, namespace));
    }

    /**
     * @param error about bindings whose role does not exist; empty if there is none
     */
    public record Rights(List<Rule> rules, String error) {

        public Rights {
            rules = List.copyOf(rules);
        }
    }

    /**
     * The rules of a role; null where it does not exist.
     *
     * @param namespace of the binding
     */
    public @Nullable List<Rule> rules(RoleRef role, String namespace) {
        return policy.rules(role.key(namespace));
    }
}
