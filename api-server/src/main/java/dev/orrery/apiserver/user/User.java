package dev.orrery.apiserver.user;

import java.util.List;
import java.util.Map;

/**
 * Who makes a request, as the edge found out.
 *
 * @param uid empty where the credentials carry none
 */
public record User(String name, String uid, List<String> groups, Map<String, List<String>> extra) {

    public static final String AUTHENTICATED = "system:authenticated";
    public static final User ANONYMOUS =
            new User("system:anonymous", "", List.of("system:unauthenticated"), Map.of());

    public User {
        groups = List.copyOf(groups);
        extra = Map.copyOf(extra);
    }

    /** A user known by a client certificate. */
    public static User of(String name, List<String> groups) {
        return new User(name, "", groups, Map.of());
    }

    public boolean isAnonymous() {
        return name.equals(ANONYMOUS.name);
    }

    public boolean isIn(String group) {
        return groups.contains(group);
    }
}
