package dev.orrery.apiserver.store;

import dev.orrery.machinery.log.ClusterLog;
import dev.orrery.machinery.log.LogRecord;
import dev.orrery.machinery.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The one writer of a store's state: applies each record, publishes the moment after it, and then
 * has everyone told. Called on the thread that reads the log; {@link #moment()} from any.
 */
final class Timeline implements Feed.Follower {

    private final ClusterLog log;
    private final Clock clock;
    private final StoreLimits limits;
    private final Publisher publisher;

    private Applier applier = new Applier(null);
    private volatile @Nullable Ticks ticks;

    private List<Derived> derived = List.of();

    private volatile Moment moment = Moment.startingAt(ClusterState.EMPTY);

    Timeline(ClusterLog log, Clock clock, StoreLimits limits, Publisher publisher) {
        this.log = log;
        this.clock = clock;
        this.limits = limits;
        this.publisher = publisher;
    }

    /** Before anything is read. */
    void derive(Derived one) {
        derived = Stream.concat(derived.stream(), Stream.of(one)).toList();
    }

    Moment moment() {
        return moment;
    }

    @Override
    public void restart(ClusterState state) {
        long before = moment.state().resourceVersion();
        close();
        if (limits.expires()) {
            Expiry expiry = new Expiry(limits.timeToLive());
            ticks = new Ticks(log, clock, limits.timeToLive(), expiry);
            applier = new Applier(expiry);
        }
        derived.forEach(one -> one.restart(state));
        moment = Moment.startingAt(state);
        publisher.restarted(state, before);
    }

    @Override
    public void read(LogRecord record) {
        Moment before = moment;
        if (record.offset() != before.state().resourceVersion()) {
            throw new IllegalStateException(
                    "read offset %d after version %d"
                            .formatted(record.offset(), before.state().resourceVersion()));
        }
        Change change = applier.apply(before.state(), record);
        for (Derived one : derived) {
            change.edits()
                    .forEach(edit -> one.changed(change.state(), edit.before(), edit.after()));
        }
        moment = before.plus(change, limits.windowRecords(), limits.windowBytes());
        publisher.changed(change);
        if (ticks != null) {
            ticks.arm();
        }
    }

    void close() {
        if (ticks != null) {
            ticks.cancel();
        }
    }
}
