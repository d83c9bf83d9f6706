package dev.orrery.apiserver.store;

import static java.util.Objects.requireNonNull;

import dev.orrery.machinery.log.ObjectKey;

/**
 * One version of one object.
 *
 * @param resourceVersion of the record that wrote it
 * @param value JSON in the storage version, without resourceVersion; shared, never changed
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are kept once; versions tell objects apart
public record Stored(ObjectKey key, long resourceVersion, byte[] value) {

    public Stored {
        requireNonNull(key);
        requireNonNull(value);
        if (resourceVersion <= 0) {
            throw new IllegalArgumentException("an object that is stored has a resourceVersion");
        }
    }
}
