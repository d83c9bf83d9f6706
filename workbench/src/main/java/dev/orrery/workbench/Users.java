package dev.orrery.workbench;

import dev.orrery.apiserver.user.User;
import java.util.List;

/** Whom the components' certificates would speak for. */
final class Users {

    static final String ADMIN = "kubernetes-admin";

    private Users() {}

    static User of(String user) {
        return user.equals(ADMIN)
                ? User.of(user, List.of("system:masters", User.AUTHENTICATED))
                : User.of(user, List.of(User.AUTHENTICATED));
    }
}
