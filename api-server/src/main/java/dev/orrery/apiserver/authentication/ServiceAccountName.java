package dev.orrery.apiserver.authentication;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A service account as a user: {@code system:serviceaccount:NAMESPACE:NAME}. */
record ServiceAccountName(String namespace, String name) {

    private static final String PREFIX = "system:serviceaccount:";
    private static final String GROUP = "system:serviceaccounts";

    /** Null where the user is no account. */
    static @Nullable ServiceAccountName parse(String user) {
        if (!user.startsWith(PREFIX)) {
            return null;
        }
        String rest = user.substring(PREFIX.length());
        int colon = rest.indexOf(':');
        return colon < 1 || colon == rest.length() - 1
                ? null
                : new ServiceAccountName(rest.substring(0, colon), rest.substring(colon + 1));
    }

    List<String> groups() {
        return List.of(GROUP, GROUP + ":" + namespace);
    }
}
