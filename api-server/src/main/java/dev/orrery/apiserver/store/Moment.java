package dev.orrery.apiserver.store;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.pcollections.TreePMap;

/**
 * A state, and the changes that lately led to it. Immutable: a reader that holds one sees both at
 * the same point of the log.
 *
 * @param recent by version, without gaps, up to the state's own
 * @param oldest the version that the first of them followed
 * @param bytes the weight of all of them
 */
record Moment(ClusterState state, TreePMap<Long, Change> recent, long oldest, long bytes) {

    /** A beginning without a past. */
    static Moment startingAt(ClusterState state) {
        return new Moment(state, TreePMap.empty(), state.resourceVersion(), 0);
    }

    /** One change later, forgetting what goes beyond the bounds. */
    Moment plus(Change change, int maxRecords, long maxBytes) {
        TreePMap<Long, Change> window = recent.plus(change.resourceVersion(), change);
        long weight = bytes + change.weight();
        long forgotten = oldest;
        while (window.size() > maxRecords || (weight > maxBytes && window.size() > 1)) {
            Map.Entry<Long, Change> first = window.firstEntry();
            weight -= first.getValue().weight();
            forgotten = first.getKey();
            window = window.minusFirstEntry();
        }
        return new Moment(change.state(), window, forgotten, weight);
    }

    Optional<ClusterState> at(long resourceVersion) {
        if (resourceVersion == state.resourceVersion()) {
            return Optional.of(state);
        }
        return Optional.ofNullable(recent.get(resourceVersion)).map(Change::state);
    }

    /**
     * Everything after a version.
     *
     * @throws ExpiredException if some of it is forgotten
     */
    Collection<Change> after(long resourceVersion) {
        if (resourceVersion < oldest) {
            throw new ExpiredException(resourceVersion, oldest);
        }
        return recent.tailMap(resourceVersion, false).values();
    }
}
