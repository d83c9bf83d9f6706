package dev.orrery.kubelet;

import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.event.EventRecorder;
import dev.orrery.machinery.informer.LogInformers;
import dev.orrery.machinery.store.StoreClient;
import dev.orrery.machinery.time.ManualClock;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A cluster around a pool of kubelets, on one thread and with a clock that the test moves. */
final class World {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    final ManualClock clock = new ManualClock(START);
    final FakeApi api;
    final List<String> events = new ArrayList<>();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final KubeletConfig config;
    private KubeletPool pool;
    private LogInformers informers;

    World(KubeletConfig config) {
        this.config = config;
        Executor executor = tasks::add;
        this.api = new FakeApi(clock, executor);
        this.informers = new LogInformers(api.log(), api, clock, executor);
        this.pool = newPool();
    }

    static World ofNodes(int nodes) {
        World world = new World(KubeletConfig.DEFAULT.withNodes(nodes));
        world.begin();
        return world;
    }

    void begin() {
        informers.start();
        settle();
        pool.start();
        pass(Duration.ofMillis(100));
    }

    KubeletPool pool() {
        return pool;
    }

    /** The process ends and another begins, which knows nothing. */
    void restartKubelets() {
        pool.stop();
        informers.stop();
        settle();
        informers = new LogInformers(api.log(), api, clock, tasks::add);
        pool = newPool();
        begin();
    }

    void settle() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    void pass(Duration time) {
        Instant end = clock.instant().plus(time);
        settle();
        while (clock.nextDue().filter(due -> !due.isAfter(end)).isPresent()) {
            clock.advanceTo(clock.nextDue().orElseThrow());
            settle();
        }
        clock.advanceTo(end);
        settle();
    }

    void pass(int seconds) {
        pass(Duration.ofSeconds(seconds));
    }

    /** Makes a pod that is bound to the first node. */
    Pod run(String name, String image, String... command) {
        return run(name, container(image, command), pod -> {});
    }

    Pod run(String name, Container container, Consumer<Pod> change) {
        Pod pod =
                new PodBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withNodeName("node-1")
                        .withRestartPolicy("Always")
                        .withTerminationGracePeriodSeconds(30L)
                        .withContainers(container)
                        .endSpec()
                        .withNewStatus()
                        .withPhase("Pending")
                        .endStatus()
                        .build();
        change.accept(pod);
        Pod stored = api.put(pod);
        settle();
        return stored;
    }

    static Container container(String image, String... command) {
        return new ContainerBuilder()
                .withName("main")
                .withImage(image)
                .withCommand(command)
                .withImagePullPolicy("IfNotPresent")
                .build();
    }

    Pod pod(String name) {
        return Objects.requireNonNull(podOrNull(name), name);
    }

    @Nullable Pod podOrNull(String name) {
        return api.find(Pod.class, "default", name);
    }

    String condition(String pod, String type) {
        return pod(pod).getStatus().getConditions().stream()
                .filter(each -> each.getType().equals(type))
                .map(PodCondition::getStatus)
                .findFirst()
                .orElse("none");
    }

    /** What {@code kubectl get pods} would say, more or less. */
    String state(String name) {
        Pod pod = podOrNull(name);
        if (pod == null) {
            return "gone";
        }
        return pod.getStatus().getContainerStatuses().stream()
                .map(each ->
                        each.getState().getWaiting() != null
                                ? each.getState().getWaiting().getReason()
                                : each.getState().getTerminated() != null
                                        ? each.getState().getTerminated().getReason()
                                        : "Running")
                .findFirst()
                .orElse(pod.getStatus().getPhase());
    }

    void delete(String pod, long grace) {
        api.delete(Pod.class, "default", pod, grace);
        settle();
    }

    private KubeletPool newPool() {
        return new KubeletPool(
                new Surroundings(
                        clock,
                        tasks::add,
                        new SplittableRandom(1),
                        new StoreClient(api),
                        informers,
                        new Recorder()),
                config);
    }

    private final class Recorder implements EventRecorder {

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
                HasMetadata regarding,
                String fieldPath,
                String type,
                String reason,
                String message) {
            if (regarding instanceof Pod) {
                events.add(type + " " + reason + ": " + message);
            }
        }
    }
}
