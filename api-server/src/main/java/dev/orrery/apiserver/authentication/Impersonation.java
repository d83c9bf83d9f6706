package dev.orrery.apiserver.authentication;

import dev.orrery.apiserver.authorization.Access;
import dev.orrery.apiserver.authorization.Authorizer;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.apiserver.user.User;
import dev.orrery.machinery.log.GroupResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Acting as somebody else ({@code kubectl --as}), which needs the right to: for each name, group,
 * uid and extra of its own.
 *
 * @param user empty where the caller acts as nobody else
 * @param extra by lower-case key
 */
public record Impersonation(
        String user, List<String> groups, String uid, Map<String, List<String>> extra) {

    private static final String AUTHENTICATION = "authentication.k8s.io";
    private static final GroupResource USERS = new GroupResource("", "users");
    private static final GroupResource GROUPS = new GroupResource("", "groups");
    private static final GroupResource ACCOUNTS = new GroupResource("", "serviceaccounts");
    private static final GroupResource UIDS = new GroupResource(AUTHENTICATION, "uids");
    private static final GroupResource EXTRAS = new GroupResource(AUTHENTICATION, "userextras");
    private static final GroupResource NODES = new GroupResource(AUTHENTICATION, "nodes");
    private static final String NODE_PREFIX = "system:node:";
    private static final String UNAUTHENTICATED = "system:unauthenticated";

    public Impersonation {
        groups = List.copyOf(groups);
        extra = Map.copyOf(extra);
    }

    /** As a component names whom it writes for: a node, or a controller's account. */
    public static User component(User caller, String actingAs, Authorizer authorizer) {
        if (actingAs.isEmpty()) {
            return caller;
        }
        if (actingAs.startsWith(NODE_PREFIX)) {
            String node = actingAs.substring(NODE_PREFIX.length());
            String verb = "impersonate:arbitrary-node";
            authorizer.require(Access.to(caller, verb, NODES, "", "", node));
            return User.of(actingAs, List.of("system:nodes", User.AUTHENTICATED));
        }
        return new Impersonation(actingAs, List.of(), "", Map.of()).by(caller, authorizer);
    }

    /**
     * The user that the caller's request is to count for.
     *
     * @throws dev.orrery.apiserver.status.StatusException where the caller may not
     */
    public User by(User caller, Authorizer authorizer) {
        if (user.isEmpty()) {
            if (groups.isEmpty() && uid.isEmpty() && extra.isEmpty()) {
                return caller;
            }
            throw Refusals.internal(
                    "requested " + List.copyOf(groups) + " without impersonating a user");
        }
        ServiceAccountName account = ServiceAccountName.parse(user);
        if (account != null) {
            require(caller, authorizer, ACCOUNTS, "", account.namespace(), account.name());
        } else {
            require(caller, authorizer, USERS, "", "", user);
        }
        groups.forEach(group -> require(caller, authorizer, GROUPS, "", "", group));
        extra.forEach((key, values) ->
                values.forEach(value -> require(caller, authorizer, EXTRAS, key, "", value)));
        if (!uid.isEmpty()) {
            require(caller, authorizer, UIDS, "", "", uid);
        }
        return new User(user, uid, effectiveGroups(account), extra);
    }

    private static void require(
            User caller,
            Authorizer authorizer,
            GroupResource resource,
            String part,
            String namespace,
            String name) {
        authorizer.require(Access.to(caller, "impersonate", resource, part, namespace, name));
    }

    private List<String> effectiveGroups(@Nullable ServiceAccountName account) {
        List<String> all = new ArrayList<>(groups);
        if (account != null && groups.isEmpty()) {
            all.addAll(account.groups());
        }
        if (user.equals(User.ANONYMOUS.name())) {
            if (!all.contains(UNAUTHENTICATED)) {
                all.add(UNAUTHENTICATED);
            }
        } else if (!all.contains(User.AUTHENTICATED)) {
            all.add(User.AUTHENTICATED);
        }
        return all;
    }
}
