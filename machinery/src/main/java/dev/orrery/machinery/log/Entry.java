package dev.orrery.machinery.log;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * One write as it goes into the log.
 *
 * @param value the object as JSON in its storage version, without resourceVersion; null deletes.
 *     Never changed after it was handed over.
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are kept once; nobody compares entries
public record Entry(ObjectKey key, byte @Nullable [] value, WriteHeader header) {

    // Written out: a compact one loses the annotation of the array on its way to other modules.
    public Entry(ObjectKey key, byte @Nullable [] value, WriteHeader header) {
        this.key = requireNonNull(key);
        this.value = value;
        this.header = requireNonNull(header);
    }
}
