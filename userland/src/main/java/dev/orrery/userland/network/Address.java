package dev.orrery.userland.network;

/** One end of a connection or a datagram's way. */
public record Address(String host, int port) {

    private static final int LAST_PORT = 65_535;

    public Address {
        if (port < 0 || port > LAST_PORT) {
            throw new IllegalArgumentException("no port: " + port);
        }
    }

    /** Whether it stands for every address of a machine. */
    public static boolean isAny(String host) {
        return host.isEmpty() || host.equals("0.0.0.0") || host.equals("::");
    }

    public static boolean isLoopback(String host) {
        return host.startsWith("127.") || host.equals("::1");
    }

    public static boolean isNumeric(String host) {
        return host.matches("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*");
    }

    @Override
    public String toString() {
        return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
    }
}
