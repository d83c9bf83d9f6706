package dev.orrery.apiserver.store;

import static java.util.Objects.requireNonNull;

import dev.orrery.machinery.log.LogRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one record did.
 *
 * @param won whether it took effect
 * @param edits of objects: its own, if it won, and those that its time made expire
 * @param state right after it
 */
record Change(LogRecord record, boolean won, List<Edit> edits, ClusterState state) {

    /** Tree nodes, keys and headers that one kept version holds, roughly. */
    private static final long OVERHEAD_BYTES = 1024;

    Change {
        edits = List.copyOf(edits);
    }

    long resourceVersion() {
        return record.resourceVersion();
    }

    Outcome outcome() {
        return won ? new Outcome.Won(resourceVersion()) : new Outcome.Lost();
    }

    long weight() {
        byte[] value = record.value();
        return OVERHEAD_BYTES + (value == null ? 0 : value.length);
    }

    /** One object's step; not both are null. */
    record Edit(@Nullable Stored before, @Nullable Stored after) {

        Edit {
            if (before == null && after == null) {
                throw new IllegalArgumentException("an edit is of something");
            }
        }

        Stored either() {
            return after != null ? after : requireNonNull(before);
        }
    }
}
