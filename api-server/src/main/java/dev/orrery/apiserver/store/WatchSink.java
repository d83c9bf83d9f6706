package dev.orrery.apiserver.store;

import dev.orrery.machinery.log.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * Hears what a watch sees, one call at a time, in the order of the log. Calls come on the thread
 * that reads the log, or on the one that began the watch: they must be short and must not block. A
 * bounded buffer behind a slow client is the sink's own, and so is the answer to its overflow
 * (close the watch).
 */
public interface WatchSink {

    /**
     * @param before null where the object was added
     * @param after null where it was deleted
     * @param record the one that did it; its version is the event's. Where objects expire, it is
     *     the record whose time made them too old, and its key is another
     */
    void changed(@Nullable Stored before, @Nullable Stored after, LogRecord record);

    /** Every change up to and including this version was told. */
    void progress(long resourceVersion);

    /** The watch cannot go on, and nothing more comes; not called after a close. */
    void end(Exception reason);
}
