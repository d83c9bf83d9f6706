package dev.orrery.apiserver.store;

import dev.orrery.machinery.log.ClusterLog;
import dev.orrery.machinery.log.Entry;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.ObjectKey;
import dev.orrery.machinery.log.WriteHeader;
import dev.orrery.machinery.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Moves the time of a log on when nobody writes to it: objects expire by the time of records, so
 * where the oldest one is overdue, a record that changes nothing else is appended. Several replicas
 * may do so at once; that is harmless.
 */
final class Ticks {

    private static final ObjectKey TICK =
            new ObjectKey(new GroupResource("orrery.dev", "ticks"), "", "tick");
    private static final int PER_LIFE_TIME = 60;

    private final ClusterLog log;
    private final Clock clock;
    private final Duration timeToLive;
    private final Expiry expiry;
    private final Alarm alarm;

    Ticks(ClusterLog log, Clock clock, Duration timeToLive, Expiry expiry) {
        this.log = log;
        this.clock = clock;
        this.timeToLive = timeToLive;
        this.expiry = expiry;
        this.alarm = new Alarm(clock, timeToLive.dividedBy(PER_LIFE_TIME), this::tick);
    }

    /** Something may expire one day. */
    void arm() {
        alarm.arm();
    }

    void cancel() {
        alarm.cancel();
    }

    private boolean tick() {
        Instant oldest = expiry.oldest();
        Instant now = clock.instant();
        if (oldest != null && oldest.plus(timeToLive).isBefore(now)) {
            String id = "tick/" + oldest;
            WriteHeader header = new WriteHeader(0, id, "system:apiserver", List.of(), 0, "", now);
            var _ = log.append(new Entry(TICK, null, header));
        }
        return oldest != null;
    }
}
