package dev.orrery.machinery.event;

import dev.orrery.machinery.event.Occurrence.Regarding;
import dev.orrery.machinery.event.Occurrence.Source;
import dev.orrery.machinery.store.StoreClient;
import dev.orrery.machinery.time.Clock;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes events through the store client, in as many lanes as there may be writes at a time. All
 * events of one object take the same lane.
 */
public final class StoreEventRecorder implements EventRecorder {

    /** Writes at a time: events must not crowd out the work that they tell of. */
    private static final int LANES = 8;

    /** A thousand pods that start at once tell some four thousand things. */
    private static final int WAITING_PER_LANE = 1024;

    /** Kubernetes' recorder keeps 4096 of each in mind. */
    private static final int REMEMBERED_PER_LANE = 4096 / LANES;

    private final Source source;
    private final Clock clock;
    private final List<EventLane> lanes;
    private final AtomicLong dropped;

    /**
     * @param component the source of the events: {@code default-scheduler}
     */
    public StoreEventRecorder(String component, StoreClient store, Clock clock, Executor executor) {
        AtomicLong drops = new AtomicLong();
        NameSuffixes names = new NameSuffixes(clock);
        this.source = new Source(component, "");
        this.clock = clock;
        this.dropped = drops;
        this.lanes =
                Stream.generate(() -> new Correlator(clock, names::next, REMEMBERED_PER_LANE))
                        .limit(LANES)
                        .map(correlator ->
                                new EventLane(
                                        store,
                                        clock,
                                        executor,
                                        correlator,
                                        WAITING_PER_LANE,
                                        drops))
                        .toList();
    }

    private StoreEventRecorder(Source source, StoreEventRecorder same) {
        this.source = source;
        this.clock = same.clock;
        this.lanes = same.lanes;
        this.dropped = same.dropped;
    }

    @Override
    public EventRecorder from(String component, String host) {
        return new StoreEventRecorder(new Source(component, host), this);
    }

    @Override
    public void normal(HasMetadata regarding, String reason, String message) {
        event(regarding, "", "Normal", reason, message);
    }

    @Override
    public void warning(HasMetadata regarding, String reason, String message) {
        event(regarding, "", "Warning", reason, message);
    }

    @Override
    public void event(
            HasMetadata regarding, String fieldPath, String type, String reason, String message) {
        Regarding object = Regarding.of(regarding, fieldPath);
        @Nullable String version = regarding.getMetadata().getResourceVersion();
        Occurrence occurrence =
                new Occurrence(
                        source,
                        object,
                        Objects.requireNonNullElse(version, ""),
                        type,
                        reason,
                        message,
                        clock.instant());
        lanes.get(Math.floorMod(object.whole().hashCode(), LANES)).tell(occurrence);
    }

    /** Occurrences that were never told, because too many waited or no api-server was there. */
    public long dropped() {
        return dropped.get();
    }

    /** The time in nanoseconds, moved on where that would be the same twice. */
    private static final class NameSuffixes {

        private final Clock clock;
        private final AtomicLong last = new AtomicLong();

        NameSuffixes(Clock clock) {
            this.clock = clock;
        }

        String next() {
            Instant now = clock.instant();
            long nanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
            return Long.toHexString(last.updateAndGet(before -> Math.max(before + 1, nanos)));
        }
    }
}
