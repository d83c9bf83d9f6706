package dev.orrery.userland;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The programs that a machine can run, by name. */
public interface Programs {
    /** A new run of the program, or null if there is none of that name. */
    @Nullable Program find(String name);

    Set<String> names();
}
