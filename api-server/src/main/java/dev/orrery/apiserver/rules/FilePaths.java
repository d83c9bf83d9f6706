package dev.orrery.apiserver.rules;

import java.util.List;

/** Paths inside volumes, which must not lead out of them. */
public final class FilePaths {

    private static final int HIGHEST_MODE = 0777;

    private FilePaths() {}

    /** Relative, and without a step back. The faults are reported at {@code place}. */
    public static void validateDescending(String path, Field place) {
        if (path.startsWith("/")) {
            place.invalid(path, "must be a relative path");
        }
        validateNoStepBack(path, place);
    }

    public static void validateNoStepBack(String path, Field place) {
        if (stepsBack(path)) {
            place.invalid(path, "must not contain '..'");
        }
    }

    public static boolean stepsBack(String path) {
        return path.contains("..") && List.of(path.split("/", -1)).contains("..");
    }

    /** As {@link #validateDescending}, and not with a name that the kubelet keeps for itself. */
    public static void validateNotReserved(Field path) {
        String text = path.text();
        validateDescending(text, path);
        if (text.startsWith("..") && !text.startsWith("../")) {
            path.invalid(text, "must not start with '..'");
        }
    }

    public static void validateMode(Field mode) {
        long bits = mode.number(0);
        if (bits < 0 || bits > HIGHEST_MODE) {
            mode.invalid("must be a number between 0 and 0777 (octal), both inclusive");
        }
    }
}
