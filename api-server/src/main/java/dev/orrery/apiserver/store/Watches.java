package dev.orrery.apiserver.store;

import dev.orrery.apiserver.store.Change.Edit;
import dev.orrery.machinery.log.ObjectKey;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * All watches, by what they cover, so that a change costs only those that it concerns. They are
 * told in the order in which they began. Used from any thread; {@link #tell} by the reading one.
 *
 * <p>No change is missed: a watch is entered first and looks at the past after that; the reading
 * thread publishes a change first and looks for watches after that.
 */
final class Watches {

    private final Map<Scope, ConcurrentSkipListMap<Long, LiveWatch>> byScope =
            new ConcurrentHashMap<>();
    private final AtomicLong order = new AtomicLong();

    private volatile long delivered;

    /**
     * @param published reads the moment that is published now
     * @throws ExpiredException if the past begins after the version
     */
    Watch begin(Scope scope, long after, WatchSink sink, Supplier<Moment> published) {
        long place = order.incrementAndGet();
        LiveWatch watch =
                new LiveWatch(scope, after, sink, () -> delivered, () -> remove(scope, place));
        byScope.compute(
                scope,
                (same, watches) -> {
                    var entered =
                            watches == null
                                    ? new ConcurrentSkipListMap<Long, LiveWatch>()
                                    : watches;
                    entered.put(place, watch);
                    return entered;
                });
        try {
            watch.catchUp(published.get().after(after));
        } catch (RuntimeException e) {
            watch.close();
            throw e;
        }
        return watch;
    }

    /** This change was published. */
    void tell(Change change) {
        for (Edit edit : change.edits()) {
            ObjectKey key = edit.either().key();
            tell(new Scope(key.resource(), ""), change);
            if (!key.namespace().isEmpty()) {
                tell(new Scope(key.resource(), key.namespace()), change);
            }
        }
        delivered = change.resourceVersion();
    }

    /** The store stands at a version, and nobody has anything to hear of what was before. */
    void restartAt(long version) {
        delivered = version;
    }

    boolean isEmpty() {
        return byScope.isEmpty();
    }

    void forEach(Consumer<LiveWatch> action) {
        byScope.values().forEach(watches -> watches.values().forEach(action));
    }

    void end(Exception reason) {
        forEach(watch -> watch.end(reason));
    }

    private void tell(Scope scope, Change change) {
        Map<Long, LiveWatch> watches = byScope.get(scope);
        if (watches != null) {
            watches.values().forEach(watch -> watch.tell(change));
        }
    }

    private void remove(Scope scope, long place) {
        byScope.computeIfPresent(
                scope,
                (same, watches) -> {
                    watches.remove(place);
                    return watches.isEmpty() ? null : watches;
                });
    }
}
