package dev.orrery.apiserver.authentication;

import dev.orrery.apiserver.status.Refusals;
import dev.orrery.apiserver.user.User;
import dev.orrery.machinery.log.GroupResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Acting as somebody else ({@code kubectl --as}), which the cluster's masters alone may. */
public final class Impersonation {

    private static final String MASTERS = "system:masters";

    private Impersonation() {}

    /**
     * The user that a request is to count for.
     *
     * @param asUser empty for the caller
     */
    public static User of(User caller, String asUser, List<String> asGroups, String asUid) {
        if (asUser.isEmpty() && asGroups.isEmpty() && asUid.isEmpty()) {
            return caller;
        }
        if (asUser.isEmpty()) {
            throw Refusals.badRequest("requested [{Group ...}] without impersonating a user name");
        }
        if (!caller.isIn(MASTERS)) {
            throw Refusals.forbidden(
                    new GroupResource("", "users"),
                    asUser,
                    "User \""
                            + caller.name()
                            + "\" cannot impersonate resource \"users\" in API group \"\" at the"
                            + " cluster scope");
        }
        List<String> groups = new ArrayList<>(asGroups);
        if (!asUser.equals(User.ANONYMOUS.name()) && !groups.contains(User.AUTHENTICATED)) {
            groups.add(User.AUTHENTICATED);
        }
        return new User(asUser, asUid, groups, Map.of());
    }
}
