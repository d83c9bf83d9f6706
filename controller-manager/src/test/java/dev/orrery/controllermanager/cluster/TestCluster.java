package dev.orrery.controllermanager.cluster;

import dev.orrery.controllermanager.pod.Pods;
import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.informer.LogInformers;
import dev.orrery.machinery.log.MemoryLog;
import dev.orrery.machinery.reconcile.Key;
import dev.orrery.machinery.reconcile.ReconcileLoop;
import dev.orrery.machinery.store.Deletion;
import dev.orrery.machinery.store.StoreClient;
import dev.orrery.machinery.time.ManualClock;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * Control loops on a simple api-server. Everything runs in {@link #settle}, one task after the
 * other; time stands still until it is told to move.
 */
public final class TestCluster {

    public static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final ManualClock clock = new ManualClock(START);
    private final MemoryLog log = new MemoryLog(tasks::add);
    private final FakeApi api = new FakeApi(log, clock);
    private final StoreClient store = new StoreClient(api);
    private final RecordedEvents events = new RecordedEvents();
    private final List<ReconcileLoop> loops = new ArrayList<>();
    private final LogInformers informers = new LogInformers(log, api, clock, tasks::add);

    @SafeVarargs
    @SuppressWarnings("varargs")
    public static TestCluster with(Function<Surroundings, ReconcileLoop>... controllers) {
        TestCluster cluster = new TestCluster();
        cluster.informers.of(Pod.class).addIndex(Pods.ORPHANS);
        cluster.informers.of(Pod.class).addIndex(Pods.BY_NODE);
        for (Function<Surroundings, ReconcileLoop> controller : controllers) {
            cluster.loops.add(controller.apply(cluster.surroundings()));
        }
        cluster.informers.start();
        cluster.settle();
        cluster.loops.forEach(ReconcileLoop::start);
        return cluster;
    }

    private Surroundings surroundings() {
        return new Surroundings(clock, tasks::add, new Random(7), store, informers, events);
    }

    public FakeApi api() {
        return api;
    }

    public StoreClient store() {
        return store;
    }

    public RecordedEvents events() {
        return events;
    }

    public Instant now() {
        return clock.instant();
    }

    /** Runs until nothing is left to do without time moving on by more than retries take. */
    public void settle() {
        do {
            drain();
            clock.advance(Duration.ofMillis(100));
        } while (!tasks.isEmpty());
    }

    public void advance(Duration duration) {
        Instant target = clock.instant().plus(duration);
        drain();
        while (clock.nextDue().filter(due -> !due.isAfter(target)).isPresent()) {
            clock.runNext();
            drain();
        }
        clock.advanceTo(target);
        drain();
    }

    private void drain() {
        while (!tasks.isEmpty()) {
            tasks.removeFirst().run();
        }
    }

    public <T extends HasMetadata> T create(T object) {
        return store.create(object);
    }

    public <T extends HasMetadata> T get(Class<T> kind, String name) {
        return store.get(kind, "default", name);
    }

    public <T extends HasMetadata> List<T> list(Class<T> kind) {
        return store.list(kind, "default");
    }

    /** Wakes a key once more in every loop, and counts the writes that follow. */
    public int writesOfAnotherRun(Key key) {
        int before = api.writes().size();
        loops.forEach(loop -> loop.enqueue(key));
        settle();
        return api.writes().size() - before;
    }

    /** Plays the kubelet: every pod that is to run runs and is ready; what is to end is gone. */
    public void runPods() {
        for (Pod pod : list(Pod.class)) {
            if (pod.getMetadata().getDeletionTimestamp() != null) {
                store.delete(
                        Pod.class,
                        "default",
                        pod.getMetadata().getName(),
                        Deletion.ANY.withGracePeriod(0));
            } else if (!Pods.isEnded(pod) && !Pods.isReady(pod)) {
                ready(pod);
            }
        }
        settle();
    }

    public void ready(Pod pod) {
        store.updateStatus(
                new PodBuilder(pod)
                        .withStatus(
                                new PodStatusBuilder()
                                        .withPhase("Running")
                                        .addNewCondition()
                                        .withType("Ready")
                                        .withStatus("True")
                                        .withLastTransitionTime(clock.instant().toString())
                                        .endCondition()
                                        .build())
                        .build());
    }
}
