package dev.orrery.apiserver.edge;

import dev.orrery.apiserver.authentication.Impersonation;
import io.vertx.core.MultiMap;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** As whom a client wants to act, from the headers that say so. */
final class ImpersonationHeaders {

    private static final Impersonation NOBODY = new Impersonation("", List.of(), "", Map.of());
    private static final String PREFIX = "impersonate-";
    private static final String EXTRA = "impersonate-extra-";

    private ImpersonationHeaders() {}

    static Impersonation of(MultiMap headers) {
        String user = "";
        String uid = "";
        List<String> groups = new ArrayList<>();
        Map<String, List<String>> extra = new HashMap<>();
        for (Map.Entry<String, String> header : headers) {
            String name = header.getKey();
            if (!name.regionMatches(true, 0, PREFIX, 0, PREFIX.length())) {
                continue;
            }
            String key = name.toLowerCase(Locale.ROOT);
            switch (key) {
                case "impersonate-user" -> user = header.getValue();
                case "impersonate-uid" -> uid = header.getValue();
                case "impersonate-group" -> groups.add(header.getValue());
                default -> {
                    if (key.startsWith(EXTRA)) {
                        extra.computeIfAbsent(decoded(key), _ -> new ArrayList<>())
                                .add(header.getValue());
                    }
                }
            }
        }
        boolean nobody = user.isEmpty() && uid.isEmpty() && groups.isEmpty() && extra.isEmpty();
        return nobody ? NOBODY : new Impersonation(user, groups, uid, extra);
    }

    private static String decoded(String header) {
        String key = header.substring(EXTRA.length());
        try {
            return URLDecoder.decode(key.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return key; // as Kubernetes: a key that is not encoded stands for itself
        }
    }
}
