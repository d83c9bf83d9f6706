package dev.orrery.machinery.store;

import dev.orrery.machinery.log.ObjectKey;
import java.util.List;

/** Objects at one resourceVersion; the log goes on at offset {@code resourceVersion}. */
public record Snapshot(long resourceVersion, List<Item> objects) {

    public Snapshot {
        objects = List.copyOf(objects);
    }

    /**
     * One object.
     *
     * @param value JSON without resourceVersion, as in the log
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes are kept once; nobody compares items
    public record Item(ObjectKey key, long resourceVersion, byte[] value) {}
}
