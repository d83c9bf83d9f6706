package dev.orrery.apiserver.store;

import org.jspecify.annotations.Nullable;

/** Tells everyone who waits for it of a change that has just become readable. */
record Publisher(Writes writes, Waits waits, Watches watches, @Nullable Snapshots snapshots) {

    /** On the reading thread. */
    void changed(Change change) {
        writes.settle(change);
        waits.passed(change.state());
        watches.tell(change);
        if (snapshots != null) {
            snapshots.reached(change.state());
        }
    }

    /** The state jumped: what was between is not known, and no watch can go on over it. */
    void restarted(ClusterState state, long before) {
        watches.restartAt(state.resourceVersion());
        watches.end(new ExpiredException(before, state.resourceVersion()));
        waits.passed(state);
    }
}
