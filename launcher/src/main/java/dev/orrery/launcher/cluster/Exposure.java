package dev.orrery.launcher.cluster;

import java.util.List;
import java.util.Map;

/** Who beyond this machine may reach the api-server, and how: nobody, unless told so. */
public final class Exposure {

    static final String LOOPBACK = "127.0.0.1";

    private static final Map<String, String> ENVIRONMENT = System.getenv();

    private Exposure() {}

    /** {@code ORRERY_LISTEN}: the address that the api-server listens on. */
    static String listen() {
        return ENVIRONMENT.getOrDefault("ORRERY_LISTEN", LOOPBACK);
    }

    /** {@code ORRERY_HOSTS}: further names of the api-server, for its certificate; with commas. */
    public static List<String> hosts() {
        String names = ENVIRONMENT.getOrDefault("ORRERY_HOSTS", "");
        return names.isEmpty() ? List.of() : List.of(names.split(",", -1));
    }
}
