package dev.orrery.kubelet.pod;

import dev.orrery.kubelet.life.Ending;
import dev.orrery.kubelet.life.PodLife;
import dev.orrery.kubelet.probe.Answer;
import dev.orrery.kubelet.probe.Check;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs the hooks of containers and stops them: the preStop hook, SIGTERM, and SIGKILL when the
 * grace period is over. In the node's mailbox.
 */
final class Stops {

    /** However short the grace, a process is given this long to end by itself. */
    private static final Duration SHORTEST_GRACE = Duration.ofSeconds(2);

    private final PodHost host;
    private final LivePod live;
    private final PodEvents events;

    Stops(PodHost host, LivePod live, PodEvents events) {
        this.host = host;
        this.live = live;
        this.events = events;
    }

    /** Called again while it stops, it only brings the end nearer. */
    void stop(Container container, ContainerRun run, String message) {
        boolean first = !run.isStopping();
        run.killAt(deadline());
        if (!first) {
            return;
        }
        run.stopProbes();
        events.normal(live.pod(), container, "Killing", message);
        LifecycleHandler preStop =
                container.getLifecycle() == null ? null : container.getLifecycle().getPreStop();
        runHook(
                container,
                run,
                preStop,
                answer -> {
                    if (!answer.isGood()) {
                        events.warning(
                                live.pod(), container, "FailedPreStopHook", "PreStopHook failed");
                    }
                    run.terminate();
                });
    }

    /** Runs the hook, if there is one; what follows waits for it. */
    void postStart(Container container, ContainerRun run, Runnable then) {
        LifecycleHandler postStart =
                container.getLifecycle() == null ? null : container.getLifecycle().getPostStart();
        runHook(
                container,
                run,
                postStart,
                answer -> {
                    then.run();
                    if (!answer.isGood()) {
                        events.warning(
                                live.pod(),
                                container,
                                "FailedPostStartHook",
                                "PostStartHook failed");
                        stop(container, run, "FailedPostStartHook");
                    }
                });
    }

    private void runHook(
            Container container,
            ContainerRun run,
            @Nullable LifecycleHandler hook,
            Consumer<Answer> then) {
        if (hook == null) {
            then.accept(Answer.Good.GOOD);
            return;
        }
        Check check = Checks.of(hook, container, live.state().podIp());
        if (check != null) {
            run.process()
                    .check(
                            check,
                            Check.UNLIMITED,
                            answer -> host.mailbox().post(() -> then.accept(answer)));
        } else {
            Long seconds = hook.getSleep() == null ? null : hook.getSleep().getSeconds();
            host.after(
                    Duration.ofSeconds(seconds == null ? 0 : seconds),
                    () -> then.accept(Answer.Good.GOOD));
        }
    }

    private Instant deadline() {
        Instant earliest = host.now().plus(SHORTEST_GRACE);
        Ending ending = live.state().ending();
        Instant end =
                ending == null
                        ? host.now().plusSeconds(PodLife.gracePeriod(live.state()))
                        : ending.since().plusSeconds(ending.graceSeconds());
        return end.isBefore(earliest) ? earliest : end;
    }
}
