package dev.orrery.machinery.event;

import dev.orrery.machinery.event.Occurrence.Regarding;
import dev.orrery.machinery.event.Occurrence.Source;
import dev.orrery.machinery.store.StoreClient;
import dev.orrery.machinery.time.Clock;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Writes events through the store client, in the background. */
public final class StoreEventRecorder implements EventRecorder {

    /** A thousand pods that start at once tell some four thousand things. */
    private static final int WAITING = 8192;

    /** Kubernetes' recorder keeps so many of each in mind. */
    private static final int REMEMBERED = 4096;

    private final Source source;
    private final Clock clock;
    private final EventWriter writer;

    /**
     * @param component the source of the events: {@code default-scheduler}
     */
    public StoreEventRecorder(String component, StoreClient store, Clock clock, Executor executor) {
        NameSuffixes names = new NameSuffixes(clock);
        this.source = new Source(component, "");
        this.clock = clock;
        this.writer =
                new EventWriter(
                        store,
                        clock,
                        executor,
                        new Correlator(clock, names::next, REMEMBERED),
                        WAITING);
    }

    private StoreEventRecorder(Source source, StoreEventRecorder same) {
        this.source = source;
        this.clock = same.clock;
        this.writer = same.writer;
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
        writer.tell(occurrence);
    }

    /** Occurrences that were never told, because too many waited or no api-server was there. */
    public long dropped() {
        return writer.dropped();
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
