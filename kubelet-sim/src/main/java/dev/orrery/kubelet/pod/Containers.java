package dev.orrery.kubelet.pod;

import dev.orrery.kubelet.environment.PodFields;
import dev.orrery.kubelet.environment.Variables;
import dev.orrery.kubelet.image.ImageProfile;
import dev.orrery.kubelet.image.ImageReference;
import dev.orrery.kubelet.image.NodeImages;
import dev.orrery.kubelet.life.Backoff;
import dev.orrery.kubelet.life.ContainerState;
import dev.orrery.kubelet.life.PodState;
import dev.orrery.kubelet.life.Stage;
import dev.orrery.kubelet.life.Termination;
import dev.orrery.kubelet.mount.MountException;
import dev.orrery.kubelet.mount.Mounts;
import dev.orrery.kubelet.mount.PodVolumes;
import dev.orrery.kubelet.process.ContainerProcess;
import dev.orrery.kubelet.process.Exit;
import dev.orrery.kubelet.process.Launch;
import dev.orrery.kubelet.process.StartException;
import dev.orrery.kubelet.usage.Usages;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Starts the containers of one pod and hears of their ends. In the node's mailbox. */
final class Containers {

    private static final int ID_WORDS = 4;

    /** What the smallest of programs takes. */
    private static final long LEAST_MEMORY_BYTES = 1 << 20;

    private final PodHost host;
    private final LivePod live;
    private final PodEvents events;
    private final Sandbox sandbox;
    private final ImagePull images;
    private final Watch watch;
    private final Stops stops;
    private final Map<String, ContainerRun> runs = new LinkedHashMap<>();

    Containers(PodHost host, LivePod live, PodEvents events, Sandbox sandbox) {
        this.host = host;
        this.live = live;
        this.events = events;
        this.sandbox = sandbox;
        this.images = new ImagePull(host, events);
        this.stops = new Stops(host, live, events);
        this.watch = new Watch(host, live, events, this::stop);
    }

    void start(String name) {
        Container container = live.spec(name).orElseThrow();
        ContainerState starting = live.container(name).starting(host.now());
        live.set(name, starting);
        images.get(
                live.pod(),
                container,
                starting.pullBackoff(),
                outcome -> host.mailbox().post(() -> pulled(container, outcome)));
    }

    void stop(String name, String message) {
        ContainerRun run = runs.get(name);
        if (run != null) {
            stops.stop(live.spec(name).orElseThrow(), run, message);
        }
    }

    /**
     * Running containers are given the resources that the pod now has.
     *
     * @return those that take them by a restart, with the ids of the runs that it ends
     */
    Map<String, String> resize(Pod before) {
        Map<String, Container> old = new HashMap<>();
        PodState.accepted(before, Instant.EPOCH)
                .allContainers()
                .forEach(each -> old.put(each.getName(), each));
        Map<String, String> restarting = new HashMap<>();
        live.state()
                .allContainers()
                .filter(each -> runs.containsKey(each.getName()))
                .forEach(each -> {
                    Container was = old.getOrDefault(each.getName(), each);
                    if (resize(was, each)) {
                        ContainerRun run = Objects.requireNonNull(runs.get(each.getName()));
                        restarting.put(each.getName(), run.id());
                    }
                });
        return restarting;
    }

    private boolean resize(Container before, Container now) {
        ContainerRun run = Objects.requireNonNull(runs.get(now.getName()));
        if (Objects.equals(before.getResources(), now.getResources())) {
            return false;
        }
        if (!Resizes.needRestart(before, now)) {
            run.process().resize(now);
            return false;
        }
        String message = "Container " + now.getName() + " resize requires restart";
        stops.stop(now, run, message);
        return true;
    }

    /**
     * What the running containers use of memory, but for those that would take the pod's new
     * resources by a restart. Where nobody says what the pod uses it is what the processes hold:
     * the figures that are made up for it are half of its requests, and by them hardly a pod could
     * be halved.
     */
    Map<String, Long> memoryUse(Pod newest) {
        Map<String, Container> now = new HashMap<>();
        PodState.accepted(newest, Instant.EPOCH)
                .allContainers()
                .forEach(each -> now.put(each.getName(), each));
        Map<String, Long> told = new HashMap<>();
        if (Usages.isTold(live.pod())) {
            Usages.of(live.pod(), host.now())
                    .containers()
                    .forEach(each -> told.put(each.name(), each.memoryBytes()));
        }
        Map<String, Long> use = new HashMap<>();
        live.state()
                .allContainers()
                .filter(each -> runs.containsKey(each.getName()))
                .filter(each -> !Resizes.needRestart(each, now.getOrDefault(each.getName(), each)))
                .forEach(each -> use.put(each.getName(), memoryUse(each.getName(), told)));
        return use;
    }

    private long memoryUse(String name, Map<String, Long> told) {
        ContainerRun run = Objects.requireNonNull(runs.get(name));
        long held = LEAST_MEMORY_BYTES + run.process().memoryBytes();
        return told.getOrDefault(name, held);
    }

    /** Whether a run of that id is, or was just now, one of these. */
    boolean know(String id) {
        return live.state()
                        .allContainers()
                        .map(live.state()::container)
                        .anyMatch(each ->
                                each.containerId().equals(id)
                                        || (each.last() != null
                                                && each.last().containerId().equals(id)))
                || runs.values().stream().anyMatch(run -> run.id().equals(id));
    }

    /** Takes up again what was running before this kubelet began. */
    void resume() {
        live.state().allContainers().forEach(this::resume);
    }

    /** To its own files and its log, by its present run. */
    long writtenBytes(String name) {
        ContainerRun run = runs.get(name);
        return run == null ? 0 : run.process().writtenBytes();
    }

    void close() {
        runs.values().forEach(ContainerRun::close);
        runs.clear();
    }

    /** At once and without a word: the pod is gone. */
    void killAll() {
        runs.values().forEach(ContainerRun::kill);
        close();
        host.runtime().forget(live.pod());
    }

    private void resume(Container container) {
        ContainerState state = live.container(container.getName());
        if (state.stage() instanceof Stage.Running running) {
            ImageReference image = ImageReference.parse(container.getImage()).orElse(null);
            if (image != null) {
                host.images().add(image);
            }
            Map<String, String> environment = presentEnvironment(container);
            try {
                ContainerRun run =
                        launch(
                                container,
                                image,
                                environment,
                                presentMounts(container, environment),
                                state.containerId(),
                                state.restarts(),
                                running.startedAt());
                watch.resume(container, run, running);
            } catch (StartException e) {
                live.set(
                        container.getName(),
                        ended(
                                state,
                                container,
                                state.containerId(),
                                running.startedAt(),
                                Exit.neverRun(e.text())));
            }
        }
    }

    private void pulled(Container container, ImagePull.Outcome outcome) {
        if (!isStillWanted(container)) {
            return;
        }
        String name = container.getName();
        switch (outcome) {
            case ImagePull.Outcome.Failed failed ->
                    live.change(
                            name,
                            each ->
                                    each.withPullBackoff(failed.backoff())
                                            .waiting(
                                                    failed.reason(),
                                                    failed.message(),
                                                    failed.retry()));
            case ImagePull.Outcome.Present(ImageReference image) -> create(container, image);
        }
    }

    private void create(Container container, ImageReference image) {
        Optional<String> obstacle =
                UserRule.obstacle(
                        live.pod(), container, host.catalog().profile(image).user().uid());
        try {
            Map<String, String> environment = environment(container);
            Mounts mounts = mounts(container, environment);
            if (obstacle.isEmpty()) {
                host.after(
                        host.delays().start(host.random()),
                        () -> begin(container, image, environment, mounts));
                return;
            }
        } catch (Variables.UnavailableException e) {
            obstacle = obstacle.or(() -> Optional.of(e.text()));
        } catch (MountException e) {
            obstacle = obstacle.or(() -> Optional.of(e.text()));
        }
        cannotCreate(container, obstacle.orElseThrow());
    }

    private void cannotCreate(Container container, String why) {
        events.warning(live.pod(), container, "Failed", "Error: " + why);
        Instant retry = host.now().plus(Backoff.FIRST);
        live.change(
                container.getName(),
                each -> each.waiting("CreateContainerConfigError", why, retry));
    }

    private Map<String, String> environment(Container container)
            throws Variables.UnavailableException {
        PodFields fields =
                new PodFields(live.pod(), host.nodeName(), host.hostIp(), live.state().podIp());
        return Variables.of(host.objects(), fields, host.resources(), container);
    }

    /** A running process keeps its environment, but only as far as it can still be told. */
    private Map<String, String> presentEnvironment(Container container) {
        try {
            return environment(container);
        } catch (Variables.UnavailableException e) {
            return Map.of();
        }
    }

    private Mounts mounts(Container container, Map<String, String> environment)
            throws MountException {
        PodVolumes volumes = sandbox.volumes().orElse(null);
        return volumes == null ? Mounts.NONE : volumes.mounts(container, environment);
    }

    /** Of a container that runs already, and so could be made. */
    private Mounts presentMounts(Container container, Map<String, String> environment) {
        try {
            return mounts(container, environment);
        } catch (MountException e) {
            return Mounts.NONE;
        }
    }

    private void begin(
            Container container,
            ImageReference image,
            Map<String, String> environment,
            Mounts mounts) {
        if (!isStillWanted(container)) {
            return;
        }
        String name = container.getName();
        ContainerState state = live.container(name);
        events.normal(live.pod(), container, "Created", "Container created");
        Instant now = host.now();
        String id = newId(host.random());
        int attempt = state.hasRun() ? state.restarts() + 1 : 0;
        try {
            ContainerRun run = launch(container, image, environment, mounts, id, attempt, now);
            events.normal(live.pod(), container, "Started", "Container started");
            stops.postStart(container, run, () -> running(container, image, run, now));
        } catch (StartException e) {
            events.warning(live.pod(), container, "Failed", "Error: " + e.text());
            live.change(
                    name,
                    each -> ended(each, container, id, Instant.EPOCH, Exit.neverRun(e.text())));
        }
    }

    private void running(
            Container container, ImageReference image, ContainerRun run, Instant startedAt) {
        String name = container.getName();
        if (live.isClosed() || runs.get(name) != run) {
            return;
        }
        Stage.Running running = Watch.initial(container, startedAt);
        live.change(
                name,
                each ->
                        each.runningAs(
                                run.id(),
                                container.getImage(),
                                NodeImages.imageId(image),
                                running));
        watch.begin(container, run, running);
    }

    private ContainerRun launch(
            Container container,
            @Nullable ImageReference image,
            Map<String, String> environment,
            Mounts mounts,
            String id,
            int attempt,
            Instant startedAt)
            throws StartException {
        ImageProfile profile =
                image == null
                        ? ImageProfile.generic(container.getImage())
                        : host.catalog().profile(image);
        Launch launch =
                new Launch(
                        live.pod(),
                        container,
                        id,
                        profile,
                        environment,
                        mounts,
                        attempt,
                        startedAt,
                        new Launch.Place(
                                host.nodeName(),
                                host.hostIp(),
                                live.state().podIp(),
                                host.resources().memoryBytes()));
        ContainerProcess process =
                host.runtime()
                        .start(
                                launch,
                                exit ->
                                        host.mailbox()
                                                .post(() -> ended(container, id, startedAt, exit)));
        ContainerRun run = new ContainerRun(host, id, process);
        runs.put(container.getName(), run);
        return run;
    }

    private void ended(Container container, String id, Instant startedAt, Exit exit) {
        String name = container.getName();
        ContainerRun run = runs.get(name);
        if (live.isClosed() || run == null || !run.id().equals(id)) {
            return;
        }
        runs.remove(name);
        run.close();
        live.change(name, each -> ended(each, container, id, startedAt, exit));
    }

    private ContainerState ended(
            ContainerState state, Container container, String id, Instant startedAt, Exit exit) {
        String usual = exit.code() == 0 ? "Completed" : "Error";
        Termination termination =
                new Termination(
                        exit.code(),
                        exit.reason().isEmpty() ? usual : exit.reason(),
                        exit.message(),
                        startedAt,
                        host.now(),
                        id);
        ContainerState ran =
                state.containerId().equals(id) ? state : ranUnseen(state, container, id, startedAt);
        return ran.endedWith(termination);
    }

    /** It ended before it was ever seen to run: while its postStart hook was at work. */
    private static ContainerState ranUnseen(
            ContainerState state, Container container, String id, Instant startedAt) {
        String imageId =
                ImageReference.parse(container.getImage()).map(NodeImages::imageId).orElse("");
        return state.runningAs(
                id, container.getImage(), imageId, new Stage.Running(startedAt, false, false));
    }

    /** The pod may have begun to end while the container was being started. */
    private boolean isStillWanted(Container container) {
        String name = container.getName();
        if (live.isClosed() || !live.container(name).isStarting()) {
            return false;
        }
        if (live.state().ending() != null) {
            live.change(name, each -> each.waiting("", "", Instant.EPOCH));
            return false;
        }
        return true;
    }

    private static String newId(RandomGenerator random) {
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < ID_WORDS; i++) {
            id.append("%016x".formatted(random.nextLong()));
        }
        return id.toString();
    }
}
