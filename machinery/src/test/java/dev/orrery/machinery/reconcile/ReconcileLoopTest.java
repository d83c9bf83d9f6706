package dev.orrery.machinery.reconcile;

import static dev.orrery.machinery.testing.Objects.configMap;
import static dev.orrery.machinery.testing.Objects.owned;
import static dev.orrery.machinery.testing.Objects.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.store.ApiException;
import dev.orrery.machinery.store.Call;
import dev.orrery.machinery.store.Deletion;
import dev.orrery.machinery.store.Origin;
import dev.orrery.machinery.store.Verb;
import dev.orrery.machinery.testing.World;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ReconcileLoopTest {

    private static final Key A = new Key("default", "a");

    private final World world = new World();
    private final Informer<Pod> pods = world.informers.of(Pod.class);
    private final Informer<ConfigMap> maps = world.informers.of(ConfigMap.class);
    private final List<String> runs = new ArrayList<>();
    private Reconciler reconciler = _ -> Result.DONE;
    private final ReconcileLoop loop =
            new ReconcileLoop("test", this::reconcile, world.surroundings, 2);

    @Test
    void anObjectsChangesWakeItsKeyOnce() {
        loop.watch(pods);
        world.start();
        loop.start();
        world.api.put(pod("a"));
        world.api.put(pod("b"));
        world.api.put(pod("a", "node-1"));
        world.deliveries.runAll();
        world.settle();

        assertThat(runs).containsExactly("default/a", "default/b");
    }

    @Test
    void anOwnedObjectWakesItsController() {
        ConfigMap owner = configMap("owner", "1");
        loop.watchOwned(pods, "ConfigMap");
        world.start();
        loop.start();
        world.api.put(owned(pod("a"), owner, true));
        world.settle();
        assertThat(runs).containsExactly("default/owner");

        world.api.put(owned(pod("b"), owner, false));
        world.api.put(owned(pod("c"), pod("a"), true));
        world.settle();
        assertThat(runs).hasSize(1);

        world.api.put(pod("a"));
        world.settle();
        assertThat(runs).as("the former owner hears of its loss").hasSize(2);
    }

    @Test
    void keysThatWereEnqueuedBeforeTheStartRunAfterIt() {
        loop.enqueue(A);
        world.start();
        assertThat(runs).isEmpty();
        loop.start();
        world.settle();
        assertThat(runs).containsExactly("default/a");
    }

    @Test
    void oneKeyNeverRunsTwiceAtOnceAndOthersDoUpToTheNumberOfWorkers() {
        world.start();
        loop.start();
        loop.enqueue(A);
        loop.enqueue(new Key("default", "b"));
        loop.enqueue(new Key("default", "c"));
        assertThat(world.tasks.size()).isEqualTo(2);
        reconciler =
                key -> {
                    loop.enqueue(key);
                    reconciler = _ -> Result.DONE;
                    return Result.DONE;
                };
        world.settle();
        assertThat(runs).containsExactly("default/a", "default/b", "default/c", "default/a");
    }

    /** Replaces Kubernetes' expectations: the cache is never older than the key's own writes. */
    @Test
    void aKeyDoesNotRunAgainBeforeTheInformersHavePassedItsWrites() {
        List<Integer> known = new ArrayList<>();
        world.start();
        loop.start();
        reconciler =
                _ -> {
                    known.add(maps.list().size());
                    if (maps.list().size() < 2) {
                        world.store.create(configMap("map-" + maps.list().size(), "1"));
                    }
                    return Result.again(Duration.ofSeconds(1));
                };
        loop.enqueue(A);
        world.tasks.runAll();
        loop.enqueue(A);
        world.clock.advance(Duration.ofSeconds(5));
        world.tasks.runAll();
        assertThat(known).as("its write has not come back").containsExactly(0);

        world.deliveries.runAll();
        world.tasks.runAll();
        assertThat(known).containsExactly(0, 1);
    }

    @Test
    void aKeyWhoseAnswerWasLostWaitsForWhatItMayHaveWrittenHoweverOftenItWakes() {
        List<Integer> known = new ArrayList<>();
        world.start();
        loop.start();
        world.api.loseNextAnswer();
        reconciler =
                _ -> {
                    known.add(maps.list().size());
                    if (maps.list().isEmpty()) {
                        world.store.create(configMap("map", "1"));
                    }
                    return Result.DONE;
                };
        loop.enqueue(A);
        world.tasks.runAll();
        for (int i = 0; i < 3; i++) {
            loop.enqueue(A);
            world.clock.advance(Duration.ofSeconds(5));
            world.tasks.runAll();
        }
        assertThat(known).as("its write has not come back").containsExactly(0);

        world.settle();
        assertThat(known).containsExactly(0, 1);
    }

    @Test
    void waitsForItsDeletionsToo() {
        world.api.put(configMap("a", "1"));
        world.start();
        loop.start();
        reconciler =
                _ -> {
                    if (maps.get("default", "a") != null) {
                        world.store.delete(ConfigMap.class, "default", "a", Deletion.ANY);
                    }
                    return Result.DONE;
                };
        loop.enqueue(A);
        world.tasks.runAll();
        loop.enqueue(A);
        world.tasks.runAll();
        assertThat(runs).hasSize(1);
        world.settle();
        assertThat(runs).hasSize(2);
    }

    @Test
    void otherKeysNeedNotWait() {
        world.start();
        loop.start();
        reconciler =
                key -> {
                    world.store.create(configMap(key.name(), "1"));
                    return Result.DONE;
                };
        loop.enqueue(A);
        loop.enqueue(new Key("default", "b"));
        loop.enqueue(new Key("default", "c"));
        world.tasks.runAll();
        assertThat(runs).hasSize(3);
    }

    @Test
    void writesCarryWhatWokeTheKeyAndWhatWasSeen() {
        loop.watch(pods);
        world.start();
        long first = world.api.put(pod("a"), "00-first");
        long second = world.api.put(pod("a", "node-1"), "00-second");
        long unrelated = world.api.put(configMap("other", "1"));
        world.settle();
        loop.start();
        reconciler =
                key -> {
                    world.store.create(configMap(key.name(), "1"));
                    return Result.DONE;
                };
        world.settle();

        assertThat(onlyOrigin())
                .isEqualTo(new Origin(List.of(first, second), unrelated, "00-second"));
    }

    @Test
    void seenIsWhatTheInformersHadShownWhenItWrote() {
        world.start();
        loop.start();
        reconciler =
                key -> {
                    world.api.put(pod("meanwhile"));
                    world.deliveries.runAll();
                    world.store.create(configMap(key.name(), "1"));
                    return Result.DONE;
                };
        loop.enqueue(A);
        world.settle();
        assertThat(onlyOrigin().seen()).isEqualTo(1);
    }

    @Test
    void keepsTheNewestEightCauses() {
        loop.watch(pods);
        world.start();
        LongStream.range(0, 20).forEach(i -> world.api.put(pod("a", "node-" + i)));
        world.settle();
        loop.start();
        reconciler =
                key -> {
                    world.store.create(configMap(key.name(), "1"));
                    return Result.DONE;
                };
        world.settle();

        assertThat(onlyOrigin().cause()).containsExactly(13L, 14L, 15L, 16L, 17L, 18L, 19L, 20L);
    }

    @Test
    void workWithoutATraceBeginsOne() {
        world.start();
        loop.start();
        reconciler =
                key -> {
                    world.store.create(configMap(key.name(), "1"));
                    return Result.DONE;
                };
        loop.enqueue(A);
        world.settle();
        assertThat(onlyOrigin().traceparent()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
    }

    @Test
    void whatIsTriedAgainKeepsItsCause() {
        loop.watch(pods);
        world.start();
        loop.start();
        world.api.failNext(2);
        reconciler =
                key -> {
                    world.store.create(configMap(key.name(), "1"));
                    return Result.DONE;
                };
        long cause = world.api.put(pod("a"));
        world.pass(Duration.ofSeconds(1));

        // The create got no answer, nor did the question after it of how far the log goes.
        assertThat(runs).hasSize(2);
        assertThat(onlyOrigin().cause()).containsExactly(cause);
    }

    @Test
    void whatIsDoneLaterKeepsItsCause() {
        loop.watch(pods);
        world.start();
        loop.start();
        reconciler =
                key -> {
                    if (runs.size() == 1) {
                        return Result.again(Duration.ofSeconds(30));
                    }
                    world.store.create(configMap(key.name(), "1"));
                    return Result.DONE;
                };
        long cause = world.api.put(pod("a"));
        world.pass(Duration.ofSeconds(29));
        assertThat(runs).hasSize(1);
        world.pass(Duration.ofSeconds(1));

        assertThat(onlyOrigin().cause()).containsExactly(cause);
    }

    @Test
    void carriedTasksCountAsTheWorksOwn() {
        world.start();
        loop.start();
        List<Runnable> elsewhere = new ArrayList<>();
        reconciler =
                _ -> {
                    elsewhere.add(
                            Origin.carry(() -> world.store.create(configMap("carried", "1"))));
                    elsewhere.getFirst().run();
                    return Result.DONE;
                };
        loop.enqueue(A, new dev.orrery.machinery.informer.ChangeHandler.Change(7, "00-t"));
        world.tasks.runAll();
        loop.enqueue(A);
        world.tasks.runAll();
        assertThat(runs).hasSize(1);
        assertThat(onlyOrigin().cause()).containsExactly(7L);
    }

    @Test
    void failuresAreTriedAgainLaterAndLaterUntilOneGoesWell() {
        world.start();
        loop.start();
        List<Long> times = new ArrayList<>();
        reconciler =
                _ -> {
                    times.add(Duration.between(World.START, world.clock.instant()).toMillis());
                    if (times.size() < 5) {
                        throw conflict();
                    }
                    return Result.DONE;
                };
        loop.enqueue(A);
        world.pass(Duration.ofHours(1));
        assertThat(times).containsExactly(0L, 5L, 15L, 35L, 75L);
    }

    @Test
    void nothingRunsAfterTheStop() {
        world.start();
        loop.start();
        loop.enqueueAfter(A, Duration.ofSeconds(1));
        loop.stop();
        loop.enqueue(A);
        world.pass(Duration.ofSeconds(2));
        assertThat(runs).isEmpty();
    }

    private Result reconcile(Key key) {
        runs.add(key.toString());
        return reconciler.reconcile(key);
    }

    private Origin onlyOrigin() {
        List<Call> calls =
                world.api.calls().stream().filter(call -> call.verb() != Verb.LIST).toList();
        assertThat(calls).hasSize(1);
        return calls.getFirst().origin();
    }

    private static ApiException conflict() {
        return new ApiException(
                new StatusBuilder().withReason("Conflict").withMessage("modified").build());
    }
}
