package dev.orrery.apiserver.rbac;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.store.Stored;
import dev.orrery.apiserver.user.User;
import dev.orrery.machinery.log.ObjectKey;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.TreePMap;

/**
 * All roles, and all bindings by whom they bind: a question costs what its user holds, not what
 * there is. Immutable; a version shares with the next all that did not change.
 */
final class Policy {

    static final Policy EMPTY = new Policy(HashTreePMap.empty(), HashTreePMap.empty());

    private static final TreePMap<String, Grant> NOTHING = TreePMap.empty();

    private final PMap<ObjectKey, List<Rule>> roles;

    /** By the binding's name. */
    private final PMap<Holder, TreePMap<String, Grant>> held;

    private Policy(PMap<ObjectKey, List<Rule>> roles, PMap<Holder, TreePMap<String, Grant>> held) {
        this.roles = roles;
        this.held = held;
    }

    /**
     * A name of a user in one namespace, or where it is empty in all of them.
     *
     * @param group whether it is the name of a group
     */
    private record Holder(String namespace, boolean group, String name) {}

    Policy with(Stored object) {
        JsonNode tree = Trees.read(object.value());
        ObjectKey key = object.key();
        if (isRole(key)) {
            return new Policy(roles.plus(key, Rule.all(tree.path("rules"))), held);
        }
        RoleRef role = RoleRef.of(tree.path("roleRef"));
        PMap<Holder, TreePMap<String, Grant>> more = held;
        for (JsonNode subject : tree.path("subjects")) {
            Grant grant = new Grant(key, role, Subject.of(subject).in(key.namespace()));
            Holder holder = holder(grant);
            more = more.plus(holder, more.getOrDefault(holder, NOTHING).plus(key.name(), grant));
        }
        return new Policy(roles, more);
    }

    Policy without(Stored object) {
        ObjectKey key = object.key();
        if (isRole(key)) {
            return new Policy(roles.minus(key), held);
        }
        PMap<Holder, TreePMap<String, Grant>> less = held;
        for (JsonNode node : Trees.read(object.value()).path("subjects")) {
            Subject subject = Subject.of(node).in(key.namespace());
            Holder holder = new Holder(key.namespace(), subject.isGroup(), subject.credential());
            TreePMap<String, Grant> rest = less.getOrDefault(holder, NOTHING).minus(key.name());
            less = rest.isEmpty() ? less.minus(holder) : less.plus(holder, rest);
        }
        return new Policy(roles, less);
    }

    private static Holder holder(Grant grant) {
        return new Holder(
                grant.binding().namespace(),
                grant.subject().isGroup(),
                grant.subject().credential());
    }

    private static boolean isRole(ObjectKey key) {
        return key.resource().equals(Rbac.ROLES) || key.resource().equals(Rbac.CLUSTER_ROLES);
    }

    /** The rules of a role; null where there is no such role. */
    @Nullable List<Rule> rules(ObjectKey role) {
        return roles.get(role);
    }

    /**
     * The first of a user's grants that has something; null if none has. Those of the whole cluster
     * come first.
     *
     * @param namespace empty for cluster scope
     */
    @Nullable Grant find(User user, String namespace, Predicate<Grant> wanted) {
        Grant everywhere = findIn("", user, wanted);
        return everywhere != null || namespace.isEmpty()
                ? everywhere
                : findIn(namespace, user, wanted);
    }

    private @Nullable Grant findIn(String namespace, User user, Predicate<Grant> wanted) {
        Grant found = first(held.get(new Holder(namespace, false, user.name())), wanted);
        for (int i = 0; found == null && i < user.groups().size(); i++) {
            found = first(held.get(new Holder(namespace, true, user.groups().get(i))), wanted);
        }
        return found;
    }

    private static @Nullable Grant first(
            @Nullable TreePMap<String, Grant> grants, Predicate<Grant> wanted) {
        if (grants != null) {
            for (Grant grant : grants.values()) {
                if (wanted.test(grant)) {
                    return grant;
                }
            }
        }
        return null;
    }
}
