package dev.orrery.apiserver.store;

import org.jspecify.annotations.Nullable;

/**
 * Something that follows from a store's state, and is kept up with it change by change. Called on
 * the thread that reads the log, before the state that is meant can be read: who sees a state finds
 * what is derived from it, or from a later one.
 */
public interface Derived {

    /** The state jumped. */
    void restart(ClusterState state);

    /**
     * One object's step; not both are null.
     *
     * @param state after the record that it is part of
     */
    void changed(ClusterState state, @Nullable Stored before, @Nullable Stored after);
}
