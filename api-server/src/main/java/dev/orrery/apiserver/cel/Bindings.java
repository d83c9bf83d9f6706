package dev.orrery.apiserver.cel;

import org.jspecify.annotations.Nullable;

/** The values of the variables of one evaluation. Used by one thread at a time. */
@FunctionalInterface
public interface Bindings {

    /**
     * As {@link Json#wrap} makes it.
     *
     * @return null where there is no such variable
     */
    @Nullable Object find(String variable);
}
