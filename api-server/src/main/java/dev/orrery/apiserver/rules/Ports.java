package dev.orrery.apiserver.rules;

import java.util.List;

/** Ports, by number or by name. */
public final class Ports {

    public static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");
    private static final int HIGHEST = 65535;

    private Ports() {}

    public static void validate(Field port) {
        long number = port.number(0);
        if (number < 1 || number > HIGHEST) {
            port.invalid(number, "must be between 1 and 65535, inclusive");
        }
    }

    public static void validateNumberOrName(Field port) {
        if (port.value().isTextual()) {
            port.invalid(Names.portName(port.text()));
        } else {
            validate(port);
        }
    }
}
