package dev.orrery.apiserver.store;

import static dev.orrery.apiserver.store.Sample.NODES;
import static dev.orrery.apiserver.store.Sample.PODS;
import static dev.orrery.apiserver.store.Sample.START;
import static dev.orrery.apiserver.store.Sample.deletion;
import static dev.orrery.apiserver.store.Sample.entry;
import static dev.orrery.apiserver.store.Sample.header;
import static dev.orrery.apiserver.store.Sample.json;
import static dev.orrery.apiserver.store.Sample.node;
import static dev.orrery.apiserver.store.Sample.now;
import static dev.orrery.apiserver.store.Sample.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.machinery.log.LogRecord;
import dev.orrery.machinery.log.LogUnavailableException;
import dev.orrery.machinery.log.MemoryLog;
import dev.orrery.machinery.log.ObjectKey;
import dev.orrery.machinery.time.ManualClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One store on a log whose steps the test takes itself. */
class StoreTest {

    private final Deque<Runnable> steps = new ArrayDeque<>();
    private final MemoryLog log = new MemoryLog(Runnable::run);
    private final ManualClock clock = new ManualClock(START);
    private final Store store = new Store(log.seenThrough(steps::add, 1), clock, limits());

    private static StoreLimits limits() {
        return StoreLimits.REGISTRY.withWindow(4, 1 << 20);
    }

    @BeforeEach
    void start() {
        CompletionStage<Void> started = store.start();
        settle();
        now(started);
    }

    @Test
    void answersWriteWhenItHasReadItBack() {
        ObjectKey key = pod("default", "a");
        CompletionStage<Outcome> write = store.write(key, json("one"), header(0));
        assertThat(write.toCompletableFuture()).isNotDone();
        settle();
        assertThat(now(write)).isEqualTo(new Outcome.Won(1));
        assertThat(held(key).resourceVersion()).isEqualTo(1);
        assertThat(held(key).value()).isEqualTo(json("one"));
    }

    @Test
    void letsExactlyOneOfTwoConflictingWritesWin() {
        ObjectKey key = pod("default", "a");
        CompletionStage<Outcome> first = store.write(key, json("one"), header(0));
        CompletionStage<Outcome> second = store.write(key, json("two"), header(0));
        settle();
        assertThat(now(first)).isEqualTo(new Outcome.Won(1));
        assertThat(now(second)).isEqualTo(new Outcome.Lost());
        assertThat(store.current().resourceVersion()).isEqualTo(2);
        assertThat(held(key).value()).isEqualTo(json("one"));
    }

    @Test
    void deletesAndCreatesAgain() {
        ObjectKey key = node("n");
        append(key, 0, "one");
        log.append(deletion(key, 1));
        settle();
        assertThat(store.current().get(key)).isNull();
        assertThat(store.current().resources()).isEmpty();
        append(key, 0, "two");
        settle();
        assertThat(held(key).resourceVersion()).isEqualTo(3);
    }

    @Test
    void listsInTheOrderOfEtcdAndPages() {
        append(pod("a", "x"), 0, "");
        append(pod("a-b", "x"), 0, "");
        append(pod("a", "w"), 0, "");
        append(node("n"), 0, "");
        settle();
        ClusterState state = store.current();
        assertThat(state.list(PODS))
                .extracting(Stored::key)
                .containsExactly(pod("a-b", "x"), pod("a", "w"), pod("a", "x"));
        assertThat(state.list(PODS, "a"))
                .extracting(Stored::key)
                .containsExactly(pod("a", "w"), pod("a", "x"));
        assertThat(state.list(NODES, "")).extracting(Stored::key).containsExactly(node("n"));
        assertThat(state.after(PODS, "", "a-b", "x"))
                .extracting(Stored::key)
                .containsExactly(pod("a", "w"), pod("a", "x"));
        assertThat(state.after(PODS, "a", "a", "w"))
                .extracting(Stored::key)
                .containsExactly(pod("a", "x"));
        assertThat(state.after(PODS, "", "", "")).hasSize(3);
    }

    @Test
    void keepsExactVersionsOfTheRecentPastOnly() {
        for (int version = 0; version < 6; version++) {
            append(pod("default", "a"), version, "v" + (version + 1));
        }
        settle();
        assertThat(store.oldest()).isEqualTo(2);
        assertThat(store.at(2)).isEmpty();
        assertThat(Sample.held(store.at(3).orElseThrow(), pod("default", "a")).value())
                .isEqualTo(json("v3"));
        assertThat(store.at(6)).containsSame(store.current());
        assertThat(store.at(7)).isEmpty();
    }

    @Test
    void readsConsistentlyPastTheEndAsOfTheCall() {
        log.append(entry(pod("default", "a"), 0, "one"));
        CompletionStage<ClusterState> newest = store.newest();
        assertThat(store.current().resourceVersion()).isZero();
        settle();
        assertThat(now(newest).resourceVersion()).isEqualTo(1);
    }

    @Test
    void refusesVersionThatDoesNotCome() {
        CompletionStage<ClusterState> wait = store.atLeast(5);
        clock.advance(Duration.ofSeconds(4));
        assertThatThrownBy(() -> now(wait))
                .hasRootCauseInstanceOf(TooLargeResourceVersionException.class)
                .hasRootCauseMessage("Too large resource version: 5, current: 0");
    }

    @Test
    void failsWritesAndConsistentReadsWhileTheLogIsAwayAndGoesOnServingOldStates() {
        append(pod("default", "a"), 0, "one");
        settle();
        log.setAway(true);
        CompletionStage<Outcome> write = store.write(pod("default", "b"), json("two"), header(0));
        CompletionStage<ClusterState> newest = store.newest();
        settle();
        assertThatThrownBy(() -> now(write))
                .cause()
                .isInstanceOfSatisfying(
                        LogUnavailableException.class,
                        e -> assertThat(e.mayHaveHappened()).isFalse());
        assertThatThrownBy(() -> now(newest)).hasCauseInstanceOf(LogUnavailableException.class);
        assertThat(store.current().list(PODS)).hasSize(1);
        log.setAway(false);
        CompletionStage<Outcome> retry = store.write(pod("default", "b"), json("two"), header(0));
        settle();
        assertThat(now(retry)).isEqualTo(new Outcome.Won(2));
    }

    @Test
    void watchesThePastAndThenWhatComes() {
        append(pod("default", "a"), 0, "one");
        append(pod("other", "b"), 0, "one");
        append(node("n"), 0, "one");
        settle();
        Recording all = new Recording();
        Recording some = new Recording();
        Recording late = new Recording();
        store.watch(PODS, "", 0, all);
        Watch watch = store.watch(PODS, "default", 0, some);
        store.watch(PODS, "default", 1, late);
        append(pod("default", "a"), 1, "two");
        append(pod("default", "a"), 1, "lost");
        log.append(deletion(pod("default", "a"), 4));
        settle();
        watch.requestProgress();
        watch.close();
        append(pod("default", "a"), 0, "again");
        settle();
        assertThat(all.lines())
                .containsExactly(
                        "+ default/a 1",
                        "+ other/b 2",
                        "~ default/a 4",
                        "- default/a 6",
                        "+ default/a 7");
        assertThat(some.lines())
                .containsExactly("+ default/a 1", "~ default/a 4", "- default/a 6", "= 6");
        assertThat(late.lines()).containsExactly("~ default/a 4", "- default/a 6", "+ default/a 7");
    }

    @Test
    void refusesWatchFromBeforeTheWindow() {
        for (int version = 0; version < 6; version++) {
            append(pod("default", "a"), version, "");
        }
        settle();
        assertThatThrownBy(() -> store.watch(PODS, "", 1, new Recording()))
                .isInstanceOf(ExpiredException.class)
                .hasMessage("too old resource version: 1 (2)");
        Recording sink = new Recording();
        store.watch(PODS, "", 2, sink);
        assertThat(sink.lines()).hasSize(4);
    }

    @Test
    void tellsWatchesOfProgressNowAndThen() {
        Recording sink = new Recording();
        store.watch(PODS, "", 0, sink);
        append(node("n"), 0, "");
        settle();
        clock.advance(Duration.ofMinutes(2));
        assertThat(sink.lines()).containsExactly("= 1", "= 1");
    }

    @Test
    void endsOnlyTheWatchWhoseSinkThrows() {
        Recording good = new Recording();
        store.watch(
                PODS,
                "",
                0,
                new WatchSink() {
                    @Override
                    public void changed(
                            @Nullable Stored before, @Nullable Stored after, LogRecord record) {
                        throw new IllegalStateException("planted");
                    }

                    @Override
                    public void progress(long resourceVersion) {}

                    @Override
                    public void end(Exception reason) {}
                });
        store.watch(PODS, "", 0, good);
        append(pod("default", "a"), 0, "");
        append(pod("default", "b"), 0, "");
        settle();
        assertThat(good.lines()).containsExactly("+ default/a 1", "+ default/b 2");
    }

    @Test
    void endsEverythingThatWaitsWhenItCloses() {
        Recording sink = new Recording();
        store.watch(PODS, "", 0, sink);
        CompletionStage<ClusterState> wait = store.atLeast(5);
        CompletionStage<Outcome> write = store.write(node("n"), json(""), header(0));
        store.close();
        settle();
        assertThatThrownBy(() -> now(wait)).hasCauseInstanceOf(LogUnavailableException.class);
        assertThatThrownBy(() -> now(write)).hasCauseInstanceOf(LogUnavailableException.class);
        assertThat(sink.lines()).containsExactly("! the store was closed");
        assertThat(store.current().resourceVersion()).isZero();
    }

    private void append(ObjectKey key, long prev, String text) {
        log.append(entry(key, prev, text));
    }

    private Stored held(ObjectKey key) {
        return Sample.held(store.current(), key);
    }

    private void settle() {
        while (!steps.isEmpty()) {
            steps.remove().run();
        }
    }
}
