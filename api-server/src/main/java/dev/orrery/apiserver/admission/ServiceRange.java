package dev.orrery.apiserver.admission;

import java.util.random.RandomGenerator;

/** The addresses and the node ports that services can have. */
final class ServiceRange {

    static final String TEXT = "10.96.0.0/12";
    static final String PORTS = "30000-32767";

    private static final int FIRST = (10 << 24) | (96 << 16);
    private static final int SIZE = 1 << 20;

    /** The lowest ones are left to those who ask for an address by name. */
    private static final int ASKED_FOR = 256;

    private static final int FIRST_PORT = 30_000;
    private static final int LAST_PORT = 32_767;

    private ServiceRange() {}

    /** The first and the last address of a range of more than two are nobody's. */
    static boolean contains(String cidr, String address) {
        int slash = cidr.indexOf('/');
        if (slash < 0 || cidr.contains(":") || address.contains(":")) {
            return false;
        }
        int bits = 32 - Integer.parseInt(cidr.substring(slash + 1));
        long size = 1L << bits;
        long first = Integer.toUnsignedLong(number(cidr.substring(0, slash))) & -size;
        long offset = Integer.toUnsignedLong(number(address)) - first;
        return size <= 2 ? offset >= 0 && offset < size : offset > 0 && offset < size - 1;
    }

    private static int number(String address) {
        int number = 0;
        for (String part : address.split("\\.")) {
            number = (number << 8) | Integer.parseInt(part);
        }
        return number;
    }

    static String address(RandomGenerator random) {
        int number = FIRST + random.nextInt(ASKED_FOR, SIZE - 1);
        return (number >>> 24)
                + "."
                + (number >>> 16 & 255)
                + "."
                + (number >>> 8 & 255)
                + "."
                + (number & 255);
    }

    static boolean containsPort(int port) {
        return port >= FIRST_PORT && port <= LAST_PORT;
    }

    static int port(RandomGenerator random) {
        return random.nextInt(FIRST_PORT, LAST_PORT + 1);
    }
}
