package dev.orrery.apiserver.store;

import dev.orrery.apiserver.store.Change.Edit;
import dev.orrery.machinery.log.LogRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns records into changes by the rule of the log. The same records give the same changes, live
 * or replayed. Owned by the thread that reads the log.
 */
final class Applier {

    private final @Nullable Expiry expiry;

    /**
     * @param expiry null where objects live for ever
     */
    Applier(@Nullable Expiry expiry) {
        this.expiry = expiry;
    }

    Change apply(ClusterState state, LogRecord record) {
        List<Edit> edits = new ArrayList<>(1);
        ClusterState remaining = expiry == null ? state : expire(state, record, edits, expiry);
        Stored before = remaining.get(record.key());
        boolean won = record.takesEffect(before == null ? 0 : before.resourceVersion());
        ClusterState next = remaining.apply(record);
        Stored after = won ? next.get(record.key()) : null;
        if (won && (before != null || after != null)) {
            edits.add(new Edit(before, after));
        }
        if (after != null && expiry != null) {
            expiry.wrote(record);
        }
        return new Change(record, won, edits, next);
    }

    private static ClusterState expire(
            ClusterState state, LogRecord record, List<Edit> edits, Expiry expiry) {
        ClusterState remaining = state;
        for (Stored expired : expiry.expired(state, record)) {
            remaining = remaining.without(expired.key());
            edits.add(new Edit(expired, null));
        }
        return remaining;
    }
}
