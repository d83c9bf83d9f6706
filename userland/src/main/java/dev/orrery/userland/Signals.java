package dev.orrery.userland;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The signals of Linux by name and number. */
public final class Signals {
    public static final int HUP = 1;
    public static final int INT = 2;
    public static final int QUIT = 3;
    public static final int KILL = 9;
    public static final int PIPE = 13;
    public static final int TERM = 15;
    public static final int CHLD = 17;
    public static final int WINCH = 28;

    private static final List<String> NAMES =
            List.of(
                    "EXIT", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL",
                    "USR1", "SEGV", "USR2", "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT",
                    "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF",
                    "WINCH", "IO", "PWR", "SYS");

    private Signals() {}

    /** Of TERM, SIGTERM or 15; null if there is none such. */
    public static @Nullable Integer number(String name) {
        String upper = name.toUpperCase(java.util.Locale.ROOT);
        int index = NAMES.indexOf(upper.startsWith("SIG") ? upper.substring(3) : upper);
        if (index >= 0) {
            return index;
        }
        return name.matches("\\d{1,2}") && Integer.parseInt(name) < NAMES.size()
                ? Integer.valueOf(name)
                : null;
    }

    public static String name(int number) {
        return NAMES.get(number);
    }

    public static List<String> names() {
        return NAMES;
    }

    /** Whether a signal that nobody handles leaves the task alone. */
    static boolean harmless(int signal) {
        return signal == 0
                || signal == CHLD
                || signal == 18
                || signal == 23
                || signal == WINCH
                || (signal >= 19 && signal <= 22);
    }
}
