package dev.orrery.apiserver.store;

import static dev.orrery.apiserver.store.Sample.PODS;
import static dev.orrery.apiserver.store.Sample.START;
import static dev.orrery.apiserver.store.Sample.header;
import static dev.orrery.apiserver.store.Sample.json;
import static dev.orrery.apiserver.store.Sample.node;
import static dev.orrery.apiserver.store.Sample.now;
import static dev.orrery.apiserver.store.Sample.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.machinery.log.MemoryLog;
import dev.orrery.machinery.log.ObjectKey;
import dev.orrery.machinery.time.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Kubernetes keeps Events for an hour after their last write: --event-ttl in
 * https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/
 */
class ExpiryTest {

    private final ManualClock clock = new ManualClock(START);
    private final MemoryLog log = new MemoryLog(Runnable::run);
    private final Store store = new Store(log, clock, StoreLimits.EVENTS);
    private final Recording sink = new Recording();

    @BeforeEach
    void start() {
        now(store.start());
        store.watch(PODS, "", 0, sink);
    }

    @Test
    void endsObjectAnHourAfterItsLastWrite() {
        write(pod("default", "a"), 0);
        write(pod("default", "b"), 0);
        clock.advance(Duration.ofMinutes(30));
        write(pod("default", "b"), 2);
        clock.advance(Duration.ofMinutes(31));
        write(node("n"), 0);
        assertThat(store.current().list(PODS))
                .extracting(Stored::key)
                .containsExactly(pod("default", "b"));
        clock.advance(Duration.ofMinutes(31));
        assertThat(store.current().list(PODS)).isEmpty();
        assertThat(sink.lines().stream().filter(line -> !line.startsWith("=")))
                .containsExactly(
                        "+ default/a 1",
                        "+ default/b 2",
                        "~ default/b 3",
                        "- default/a 4",
                        "- default/b 6");
    }

    @Test
    void dropsTheSameObjectsAtTheSameVersionWhenReplayedFromAnywhereInTheRetention() {
        for (int i = 0; i < 20; i++) {
            write(pod("default", "p" + i), 0);
            clock.advance(Duration.ofMinutes(7));
        }
        Store replayed = new Store(log, clock, StoreLimits.EVENTS);
        now(replayed.start());
        assertThat(History.lines(replayed.current())).isEqualTo(History.lines(store.current()));
        log.trim(8); // older than an hour and a quarter
        Store late = new Store(log, clock, StoreLimits.EVENTS);
        now(late.start());
        assertThat(History.lines(late.current())).isEqualTo(History.lines(store.current()));
        assertThat(late.current().resourceVersion()).isEqualTo(store.current().resourceVersion());
    }

    @Test
    void letsAnExpiredNameBeCreatedAgain() {
        write(pod("default", "a"), 0);
        clock.advance(Duration.ofHours(2));
        assertThat(write(pod("default", "a"), 0)).isInstanceOf(Outcome.Won.class);
    }

    @Test
    void leavesTheClockAloneWhenNothingCanExpire() {
        write(pod("default", "a"), 0);
        clock.advance(Duration.ofHours(2));
        long version = store.current().resourceVersion();
        clock.advance(Duration.ofHours(20));
        assertThat(store.current().resourceVersion()).isEqualTo(version);
    }

    private Outcome write(ObjectKey key, long prev) {
        return now(store.write(key, json("x"), header(prev, clock.instant())));
    }
}
