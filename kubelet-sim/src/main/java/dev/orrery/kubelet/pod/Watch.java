package dev.orrery.kubelet.pod;

import dev.orrery.kubelet.life.ContainerState;
import dev.orrery.kubelet.life.Stage;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import java.time.Instant;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Probes the containers of one pod: whether they have started, are ready, are alive. In the node's
 * mailbox.
 */
final class Watch {

    private final PodHost host;
    private final LivePod live;
    private final PodEvents events;
    private final BiConsumer<String, String> restart;

    /**
     * @param restart stops a container, by name, with the message of the event that tells of it
     */
    Watch(PodHost host, LivePod live, PodEvents events, BiConsumer<String, String> restart) {
        this.host = host;
        this.live = live;
        this.events = events;
        this.restart = restart;
    }

    /** What a container is before any probe was answered. */
    static Stage.Running initial(Container container, Instant startedAt) {
        boolean started = container.getStartupProbe() == null;
        return new Stage.Running(
                startedAt, started, started && container.getReadinessProbe() == null);
    }

    void begin(Container container, ContainerRun run, Stage.Running running) {
        if (!running.started()) {
            watchStart(container, run, running.startedAt());
        } else {
            watchStarted(container, run, running.startedAt());
        }
    }

    /**
     * A container that ran before this kubelet did. Its process had to begin anew, which its probes
     * are not to find out: they do not count against it while it warms up.
     */
    void resume(Container container, ContainerRun run, Stage.Running running) {
        run.excuseUntil(host.now().plus(WarmUp.of(live.pod(), container, running.startedAt())));
        begin(container, run, running);
    }

    private void watchStart(Container container, ContainerRun run, Instant startedAt) {
        watch(
                container,
                run,
                container.getStartupProbe(),
                startedAt,
                "Startup",
                good -> {
                    if (good) {
                        run.stopProbes();
                        started(container, run);
                        watchStarted(container, run, startedAt);
                    } else {
                        restart(container, "startup");
                    }
                });
    }

    private void watchStarted(Container container, ContainerRun run, Instant startedAt) {
        watch(
                container,
                run,
                container.getReadinessProbe(),
                startedAt,
                "Readiness",
                good ->
                        changeRun(
                                container,
                                run,
                                was -> new Stage.Running(was.startedAt(), was.started(), good)));
        watch(
                container,
                run,
                container.getLivenessProbe(),
                startedAt,
                "Liveness",
                good -> {
                    if (!good) {
                        restart(container, "liveness");
                    }
                });
    }

    private void started(Container container, ContainerRun run) {
        boolean ready = container.getReadinessProbe() == null;
        changeRun(container, run, was -> new Stage.Running(was.startedAt(), true, ready));
    }

    private void changeRun(
            Container container, ContainerRun run, UnaryOperator<Stage.Running> change) {
        ContainerState state = live.container(container.getName());
        if (state.stage() instanceof Stage.Running was && state.containerId().equals(run.id())) {
            Stage.Running next = change.apply(was);
            if (!next.equals(was)) {
                live.changeStage(container.getName(), next);
            }
        }
    }

    private void restart(Container container, String probe) {
        restart.accept(
                container.getName(),
                "Container "
                        + container.getName()
                        + " failed "
                        + probe
                        + " probe, will be restarted");
    }

    private void watch(
            Container container,
            ContainerRun run,
            @Nullable Probe probe,
            Instant startedAt,
            String kind,
            Settled settled) {
        if (probe == null) {
            return;
        }
        ProbeLoop.Listener listener =
                new ProbeLoop.Listener() {
                    @Override
                    public void warned(String message) {
                        events.warning(
                                live.pod(),
                                container,
                                "ProbeWarning",
                                kind + " probe warning: " + message);
                    }

                    @Override
                    public void failedOnce(String message) {
                        events.warning(
                                live.pod(),
                                container,
                                "Unhealthy",
                                kind + " probe failed: " + message);
                    }

                    @Override
                    public void errored(String error) {
                        events.warning(
                                live.pod(),
                                container,
                                "Unhealthy",
                                kind + " probe errored and resulted in unknown state: " + error);
                    }

                    @Override
                    public void settled(boolean good) {
                        settled.settled(good);
                    }
                };
        run.watch(
                new ProbeLoop(
                        host,
                        run.process(),
                        Checks.of(probe, container, live.state().podIp()),
                        probe,
                        startedAt,
                        run.excusedUntil(),
                        listener));
    }

    @FunctionalInterface
    private interface Settled {
        void settled(boolean good);
    }
}
