package dev.orrery.machinery.informer;

import org.jspecify.annotations.Nullable;

/**
 * Hears of changes. Must be short and must not block: it maps objects to keys and enqueues them.
 */
@FunctionalInterface
public interface ChangeHandler<T> {

    /**
     * @param before null where the object was added
     * @param after null where it was deleted
     * @param change the record that did it
     */
    void changed(@Nullable T before, @Nullable T after, Change change);

    /**
     * Where a change came from.
     *
     * @param resourceVersion of the record; for a deletion this is newer than the object's own
     * @param traceparent of the write, or empty
     */
    record Change(long resourceVersion, String traceparent) {}
}
