package dev.orrery.apiserver.token;

import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.store.ClusterState;
import dev.orrery.apiserver.store.Stored;
import dev.orrery.apiserver.user.User;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.ObjectKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Whether a token that was once given out is still good, and whose it is. */
public final class TokenCheck {

    private static final GroupResource ACCOUNTS = new GroupResource("", "serviceaccounts");
    private static final String POD = "authentication.kubernetes.io/pod-name";
    private static final String POD_UID = "authentication.kubernetes.io/pod-uid";
    private static final String CREDENTIAL = "authentication.kubernetes.io/credential-id";

    private TokenCheck() {}

    /** Not expired, and the account and what the token is bound to are still the same. */
    public static boolean isGood(Claims claims, ClusterState state, Instant now) {
        return now.isBefore(claims.expiresAt())
                && exists(
                        state, ACCOUNTS, claims.namespace(), claims.account(), claims.accountUid())
                && (claims.boundKind().isEmpty() || boundExists(claims, state));
    }

    private static boolean boundExists(Claims claims, ClusterState state) {
        String plural = claims.boundKind().toLowerCase(Locale.ROOT) + "s";
        String namespace = plural.equals("nodes") ? "" : claims.namespace();
        return exists(
                state,
                new GroupResource("", plural),
                namespace,
                claims.boundName(),
                claims.boundUid());
    }

    private static boolean exists(
            ClusterState state, GroupResource resource, String namespace, String name, String uid) {
        if (name.isEmpty()) {
            return false;
        }
        Stored stored = state.get(new ObjectKey(resource, namespace, name));
        return stored != null
                && Trees.read(stored.value()).path("metadata").path("uid").asText().equals(uid);
    }

    public static User user(Claims claims) {
        String accounts = "system:serviceaccounts";
        Map<String, List<String>> extra = new HashMap<>();
        if (!claims.id().isEmpty()) {
            extra.put(CREDENTIAL, List.of("JTI=" + claims.id()));
        }
        if (claims.boundKind().equalsIgnoreCase("pod")) {
            extra.put(POD, List.of(claims.boundName()));
            extra.put(POD_UID, List.of(claims.boundUid()));
        }
        return new User(
                "system:serviceaccount:" + claims.namespace() + ":" + claims.account(),
                claims.accountUid(),
                List.of(accounts, accounts + ":" + claims.namespace(), User.AUTHENTICATED),
                extra);
    }
}
