package dev.orrery.machinery.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every form of the log promises. One subclass per form runs it. */
public abstract class ClusterLogTest {

    private static final GroupResource PODS = new GroupResource("", "pods");

    private ClusterLog log;

    /** A new, empty log; closed by the subclass. */
    protected abstract ClusterLog open() throws Exception;

    /** The log goes away: everything fails until it comes back. */
    protected abstract void leave();

    protected abstract void comeBack();

    @BeforeEach
    void openLog() throws Exception {
        log = open();
    }

    @Test
    void numbersEntriesFromZeroWithoutGaps() throws Exception {
        assertThat(get(log.endOffset())).isZero();
        for (long offset = 0; offset < 5; offset++) {
            assertThat(get(log.append(entry("a", "v" + offset)))).isEqualTo(offset);
        }
        assertThat(get(log.startOffset())).isZero();
        assertThat(get(log.endOffset())).isEqualTo(5);
    }

    @Test
    void deliversEverythingAsItWasAppended() throws Exception {
        Entry full =
                new Entry(
                        new ObjectKey(new GroupResource("apps", "deployments"), "default", "web"),
                        "{\"é\":1}".getBytes(UTF_8),
                        new WriteHeader(
                                7,
                                "id-1",
                                "system:admin kubectl/v1.35",
                                List.of(3L, 5L),
                                6,
                                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                                Instant.parse("2026-01-02T03:04:05.123456Z")));
        Entry deletion =
                new Entry(
                        new ObjectKey(new GroupResource("", "nodes"), "", "node-1"),
                        null,
                        header("id-2"));
        get(log.append(full));
        get(log.append(deletion));
        try (Collector reader = new Collector(log, 0)) {
            List<LogRecord> records = reader.await(2);
            assertThat(records.get(0).key()).isEqualTo(full.key());
            assertThat(records.get(0).value()).isEqualTo(full.value());
            assertThat(records.get(0).header()).isEqualTo(full.header());
            assertThat(records.get(0).resourceVersion()).isEqualTo(1);
            assertThat(records.get(1).key()).isEqualTo(deletion.key());
            assertThat(records.get(1).value()).isNull();
            assertThat(records.get(1).header()).isEqualTo(deletion.header());
        }
    }

    @Test
    void deliversInOrderToEveryReaderFromItsOwnOffset() throws Exception {
        List<CompletionStage<Long>> appends = new ArrayList<>();
        try (Collector before = new Collector(log, 0)) {
            for (int i = 0; i < 500; i++) {
                appends.add(log.append(entry("a", "v" + i)));
            }
            for (CompletionStage<Long> append : appends) {
                get(append);
            }
            try (Collector middle = new Collector(log, 250);
                    Collector ahead = new Collector(log, 501)) {
                get(log.append(entry("a", "later")));
                get(log.append(entry("a", "last")));
                assertThat(offsets(before.await(502))).isEqualTo(range(0, 502));
                assertThat(offsets(middle.await(252))).isEqualTo(range(250, 502));
                assertThat(offsets(ahead.await(1))).isEqualTo(range(501, 502));
            }
        }
    }

    @Test
    void deliversNothingAfterClose() throws Exception {
        Collector reader = new Collector(log, 0);
        get(log.append(entry("a", "one")));
        reader.await(1);
        reader.close();
        get(log.append(entry("a", "two")));
        try (Collector other = new Collector(log, 0)) {
            other.await(2);
        }
        assertThat(reader.records()).hasSize(1);
    }

    @Test
    void tellsReaderThatItWasTrimmedAheadOf() throws Exception {
        for (int i = 0; i < 10; i++) {
            get(log.append(entry("a", "v" + i)));
        }
        get(log.trim(6));
        assertThat(get(log.startOffset())).isEqualTo(6);
        assertThat(get(log.endOffset())).isEqualTo(10);
        try (Collector late = new Collector(log, 5);
                Collector good = new Collector(log, 6)) {
            assertThat(late.awaitTrimmed()).isEqualTo(6);
            assertThat(offsets(good.await(4))).isEqualTo(range(6, 10));
            assertThat(late.records()).isEmpty();
        }
    }

    @Test
    void failsAtOnceWhileItIsAwayAndGoesOnWhenItIsBack() throws Exception {
        try (Collector reader = new Collector(log, 0)) {
            get(log.append(entry("a", "one")));
            reader.await(1);
            leave();
            awaitRefusal();
            assertThatThrownBy(() -> get(log.endOffset()))
                    .hasCauseInstanceOf(LogUnavailableException.class);
            comeBack();
            appendUntilTaken();
            List<LogRecord> records = reader.await(2);
            assertThat(offsets(records)).isEqualTo(range(0, records.size()));
        }
    }

    /** Away means: refused, and certainly not in the log. What was on its way is unknown. */
    private void awaitRefusal() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (System.nanoTime() < deadline) {
            try {
                get(log.append(entry("a", "lost")));
            } catch (Exception e) {
                if (e.getCause() instanceof LogUnavailableException away
                        && !away.mayHaveHappened()) {
                    return;
                }
            }
        }
        throw new AssertionError("the log was never away");
    }

    private void appendUntilTaken() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        boolean taken = false;
        while (!taken && System.nanoTime() < deadline) {
            try {
                get(log.append(entry("a", "two")));
                taken = true;
            } catch (Exception e) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50)); // between two tries
            }
        }
        assertThat(taken).as("the log is back").isTrue();
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static List<Long> offsets(List<LogRecord> records) {
        return records.stream().map(LogRecord::offset).toList();
    }

    private static List<Long> range(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }

    private static Entry entry(String name, String value) {
        return new Entry(
                new ObjectKey(PODS, "default", name), value.getBytes(UTF_8), header("id " + value));
    }

    private static WriteHeader header(String id) {
        return new WriteHeader(
                0, id, "tester", List.of(), 0, "", Instant.parse("2026-01-01T00:00:00Z"));
    }
}
