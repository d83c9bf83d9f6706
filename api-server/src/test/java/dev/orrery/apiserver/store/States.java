package dev.orrery.apiserver.store;

import java.util.List;

/** States for tests, without a log. */
public final class States {

    private States() {}

    public static ClusterState of(List<Stored> objects) {
        ClusterState state = ClusterState.EMPTY;
        for (Stored object : objects) {
            state = state.with(object);
        }
        return state;
    }
}
