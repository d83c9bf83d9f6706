package dev.orrery.apiserver.store;

import static dev.orrery.apiserver.store.Sample.PODS;
import static dev.orrery.apiserver.store.Sample.START;
import static dev.orrery.apiserver.store.Sample.now;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.machinery.log.MemoryLog;
import dev.orrery.machinery.time.ManualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The log is the only way that state changes: whoever reads it comes to the same state. */
class RebuildTest {

    private static final int RECORDS = 300;
    private static final int SEEDS = 50;

    private final ManualClock clock = new ManualClock(START);
    private final List<Runnable> steps = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void rebuildsTheLiveStateFromTheLogWithAndWithoutSnapshot(boolean trims) {
        for (long seed = 0; seed < SEEDS; seed++) {
            rebuild(seed, trims);
        }
    }

    private void rebuild(long seed, boolean trims) {
        Random random = new Random(seed);
        MemoryLog log = new MemoryLog(Runnable::run);
        MemoryLog snapshots = new MemoryLog(Runnable::run);
        StoreLimits limits =
                StoreLimits.REGISTRY.withSnapshotEvery(40).withTrimBehindSnapshot(trims);
        Store live = new Store(log.seenThrough(steps::add, 3), snapshots, clock, chunked(limits));
        CompletionStage<Void> started = live.start();
        History history = new History(seed);
        for (int i = 0; i < RECORDS; i++) {
            log.append(history.next());
            runSome(random);
        }
        runAll();
        now(started);
        assertThat(History.lines(live.current())).as("live %d", seed).isEqualTo(history.lines());
        assertThat(live.current().resourceVersion()).isEqualTo(history.end());
        Store restarted = new Store(log, snapshots, clock, limits);
        now(restarted.start());
        assertSame(restarted, live, "from snapshot, seed " + seed);
        assertThat(restarted.oldest()).as("read from a snapshot").isGreaterThan(RECORDS - 50);
        if (!trims) {
            Store replayed = new Store(log, clock, limits);
            now(replayed.start());
            assertSame(replayed, live, "from the beginning, seed " + seed);
            assertThat(replayed.oldest()).isZero();
        } else {
            assertThat(now(log.startOffset())).isPositive();
        }
        assertThat(now(snapshots.startOffset())).as("old snapshots go").isPositive();
    }

    @Test
    void goesOnFromSnapshotWhereTheLogWasTrimmedAheadOfIt() {
        MemoryLog log = new MemoryLog(Runnable::run);
        MemoryLog snapshots = new MemoryLog(Runnable::run);
        StoreLimits limits =
                StoreLimits.REGISTRY.withSnapshotEvery(20).withTrimBehindSnapshot(true);
        Store quick = new Store(log, snapshots, clock, limits);
        now(quick.start());
        Store slow = new Store(log.seenThrough(steps::add, 1), snapshots, clock, limits);
        CompletionStage<Void> started = slow.start();
        History history = new History(1);
        log.append(history.next());
        runAll();
        now(started);
        Recording sink = new Recording();
        slow.watch(PODS, "", 1, sink);
        for (int i = 0; i < 100; i++) {
            log.append(history.next());
        }
        runAll();
        assertSame(slow, quick, "behind and then not");
        assertThat(sink.lines()).last().asString().startsWith("! too old resource version");
        assertThatThrownBy(() -> slow.watch(PODS, "", 1, sink))
                .isInstanceOf(ExpiredException.class);
    }

    @Test
    void refusesToBeginInTheMiddleOfTheHistory() {
        MemoryLog log = new MemoryLog(Runnable::run);
        History history = new History(1);
        for (int i = 0; i < 10; i++) {
            log.append(history.next());
        }
        log.trim(5);
        Store store = new Store(log, clock, StoreLimits.REGISTRY);
        assertThatThrownBy(() -> now(store.start()))
                .hasRootCauseMessage(
                        "the log begins at offset 5, and the last snapshot is of version 0");
    }

    @Test
    void takesNoNoticeOfSnapshotThatWasNotFinished() {
        MemoryLog log = new MemoryLog(Runnable::run);
        MemoryLog snapshots = new MemoryLog(Runnable::run);
        History history = new History(2);
        Store first = new Store(log, snapshots, clock, StoreLimits.REGISTRY.withSnapshotEvery(5));
        now(first.start());
        for (int i = 0; i < 7; i++) {
            log.append(history.next());
        }
        first.close();
        var unfinished =
                SnapshotFormat.encode(
                        List.of(new Stored(Sample.node("ghost"), 6, Sample.json("ghost")))
                                .iterator(),
                        1);
        snapshots.append(SnapshotFormat.chunk("6-1", 0, unfinished, START));
        snapshots.append(SnapshotFormat.marker("6-1", 6, 2, START));
        Store second = new Store(log, snapshots, clock, StoreLimits.REGISTRY);
        now(second.start());
        assertSame(second, first, "from the finished one");
        assertThat(second.oldest()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({
        // objects, version, due with one every 10
        "3, 10, true",
        "3, 20, true",
        "3, 15, false",
        "25, 10, false",
        "25, 30, true",
        "25, 50, false",
        "25, 60, true",
    })
    void writesFewerSnapshotsTheMoreObjectsThereAre(int objects, long version, boolean due) {
        ClusterState state = ClusterState.EMPTY;
        for (int i = 1; i <= objects; i++) {
            state = state.with(new Stored(Sample.node("n" + i), 1, Sample.json("")));
        }
        assertThat(Snapshots.isDue(state.at(version), 10)).isEqualTo(due);
        assertThat(Snapshots.isDue(state.at(version), 0)).isFalse();
    }

    private void assertSame(Store one, Store other, String how) {
        assertThat(History.lines(one.current())).as(how).isEqualTo(History.lines(other.current()));
        assertThat(one.current().resourceVersion())
                .as(how)
                .isEqualTo(other.current().resourceVersion());
    }

    /** Chunks so small that a snapshot has several. */
    private static StoreLimits chunked(StoreLimits limits) {
        return new StoreLimits(
                limits.windowRecords(),
                limits.windowBytes(),
                limits.writeTimeout(),
                limits.waitTimeout(),
                limits.progressEvery(),
                limits.snapshotEvery(),
                64,
                limits.trimBehindSnapshot(),
                limits.timeToLive());
    }

    private void runSome(Random random) {
        int count = random.nextInt(3);
        for (int i = 0; i < count && !steps.isEmpty(); i++) {
            steps.remove(random.nextInt(steps.size())).run();
        }
    }

    private void runAll() {
        while (!steps.isEmpty()) {
            steps.removeFirst().run();
        }
    }
}
