package dev.orrery.userland;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The programs that a machine can run, by name. */
public interface Programs {
    /** A new run of the program, or null if there is none of that name. */
    @Nullable Program find(String name);

    Set<String> names();

    /** Whether the commands speak as busybox's do, and not as GNU's and dash. */
    default boolean isBusybox() {
        return false;
    }

    /**
     * A new run of the program under an absolute path, as far as that can be told without making
     * the machine's files; null where it cannot.
     */
    default @Nullable Program at(String path) {
        return path.matches("(/usr(/local)?)?/s?bin/[^/]+")
                ? find(path.substring(path.lastIndexOf('/') + 1))
                : null;
    }
}
