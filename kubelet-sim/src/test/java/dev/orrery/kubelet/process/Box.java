package dev.orrery.kubelet.process;

import dev.orrery.kubelet.image.ImageCatalog;
import dev.orrery.kubelet.image.ImageReference;
import dev.orrery.kubelet.mount.Mounts;
import dev.orrery.kubelet.network.SeparateNetworks;
import dev.orrery.kubelet.output.ContainerLogs;
import dev.orrery.kubelet.output.LogQuery;
import dev.orrery.kubelet.output.LogReader;
import dev.orrery.kubelet.probe.Answer;
import dev.orrery.kubelet.probe.Check;
import dev.orrery.machinery.time.ManualClock;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One pod's containers on a runtime, on one thread and with a clock that the test moves. */
final class Box {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    final ManualClock clock = new ManualClock(START);
    final List<Exit> exits = new ArrayList<>();
    final RunningContainers running = new RunningContainers();
    private final ContainerLogs logs = new ContainerLogs();
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final MachineRuntime runtime =
            new MachineRuntime(clock, tasks::add, logs, running, new SeparateNetworks());
    private final Pod pod;
    private int started;
    @Nullable ContainerProcess process;

    Box() {
        this(pod -> {});
    }

    Box(Consumer<Pod> change) {
        pod =
                new PodBuilder()
                        .withNewMetadata()
                        .withName("web")
                        .withNamespace("shop")
                        .withUid("u")
                        .endMetadata()
                        .withNewSpec()
                        .endSpec()
                        .build();
        change.accept(pod);
    }

    Box run(String image, String... command) {
        return run(image, START, container -> container.setCommand(List.of(command)));
    }

    Box run(String image, Instant startedAt, Consumer<Container> change) {
        Container container = new ContainerBuilder().withName("main").withImage(image).build();
        change.accept(container);
        try {
            process = runtime.start(launch(container, startedAt), exits::add);
        } catch (StartException e) {
            exits.add(Exit.neverRun(e.text()));
        }
        settle();
        return this;
    }

    private Launch launch(Container container, Instant startedAt) {
        ImageReference reference = ImageReference.parse(container.getImage()).orElseThrow();
        return new Launch(
                pod,
                container,
                "c" + ++started,
                ImageCatalog.builtIn(Set.of()).profile(reference),
                environment(container),
                Mounts.NONE,
                0,
                startedAt,
                new Launch.Place("node-1", "192.168.0.1", "10.244.0.7", 16L << 30));
    }

    private static Map<String, String> environment(Container container) {
        Map<String, String> all = new HashMap<>(Map.of("TIME", "42", "GREETING", "hello"));
        container.getEnv().forEach(each -> all.put(each.getName(), each.getValue()));
        return all;
    }

    ContainerProcess process() {
        return Objects.requireNonNull(process);
    }

    RunningContainers.Inside inside() {
        return Objects.requireNonNull(running.find("c" + started));
    }

    /** What a command in the container prints, with its exit code in brackets. */
    String exec(String... command) {
        Told told = new Told();
        inside().run(List.of(command), false, false, told);
        settle();
        return told.text.toString();
    }

    Answer ask(Check check) {
        List<Answer> answers = new ArrayList<>();
        process().check(check, Duration.ofSeconds(1), answers::add);
        settle();
        pass(1);
        return answers.getFirst();
    }

    String log() {
        return log("c" + started);
    }

    String log(String id) {
        LogReader reader =
                new LogReader(Objects.requireNonNull(logs.find("u", id)), LogQuery.WHOLE, () -> {});
        byte[] bytes = reader.poll();
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }

    void pass(int seconds) {
        Instant end = clock.instant().plusSeconds(seconds);
        settle();
        while (clock.nextDue().filter(due -> !due.isAfter(end)).isPresent()) {
            clock.advanceTo(clock.nextDue().orElseThrow());
            settle();
        }
        clock.advanceTo(end);
        settle();
    }

    void settle() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    /** What was printed, with the exit code in brackets. */
    static final class Told implements SessionOutput {

        final StringBuilder text = new StringBuilder();

        @Override
        public boolean out(byte[] bytes) {
            text.append(new String(bytes, StandardCharsets.UTF_8));
            return true;
        }

        @Override
        public boolean err(byte[] bytes) {
            return out(bytes);
        }

        @Override
        public void exited(int code) {
            text.append('[').append(code).append(']');
        }

        @Override
        public void failed(String why) {
            text.append(why).append('\n');
        }
    }
}
