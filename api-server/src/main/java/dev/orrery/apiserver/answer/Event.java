package dev.orrery.apiserver.answer;

import dev.orrery.apiserver.status.StatusException;
import dev.orrery.apiserver.store.Stored;
import org.jspecify.annotations.Nullable;

/** Something that a watch tells of, before anyone has written it down. */
public sealed interface Event {

    /**
     * A change as the log has it; what a client is told of it depends on its selectors.
     *
     * @param before null where the object was added
     * @param after null where it was deleted
     */
    record Changed(@Nullable Stored before, @Nullable Stored after, long resourceVersion)
            implements Event {}

    /**
     * Everything up to a version was told.
     *
     * @param initialEnd whether what was told until now is the whole state at that version
     */
    record Bookmark(long resourceVersion, boolean initialEnd) implements Event {}

    /** The watch cannot go on. */
    record Failed(StatusException reason) implements Event {}

    /** The watch has lasted as long as it was to. */
    record Ended() implements Event {}
}
