package dev.orrery.kubelet.pod;

import dev.orrery.kubelet.admission.Fit;
import dev.orrery.kubelet.admission.Verdict;
import dev.orrery.kubelet.eviction.StorageLimits;
import dev.orrery.kubelet.life.Ending;
import dev.orrery.kubelet.life.Move;
import dev.orrery.kubelet.life.Phase;
import dev.orrery.kubelet.life.PodLife;
import dev.orrery.kubelet.life.PodState;
import dev.orrery.kubelet.mount.PodVolumes;
import dev.orrery.kubelet.status.PodStatuses;
import dev.orrery.kubelet.usage.Usages;
import dev.orrery.kubelet.wording.GoDuration;
import dev.orrery.kubelet.wording.Quoted;
import dev.orrery.machinery.time.Clock;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One pod on one node, from when the node hears of it until it is gone: it asks {@link PodLife} for
 * the next moves, makes them, and reports what came of them. All of it in the node's mailbox.
 */
public final class PodAgent {

    /**
     * Moves that change the state ask for a further look; no pod needs more of them in one turn.
     */
    private static final int MOST_LOOKS = 64;

    private static final long EVICTION_GRACE_SECONDS = 1;

    private final PodHost host;
    private final PodEvents events;
    private final LivePod live;
    private final Sandbox sandbox;
    private final Containers containers;
    private final Resizing resizing;
    private final StatusReport report;
    private Verdict.@Nullable Rejected rejection;
    private boolean over;
    private Clock.@Nullable Timer wake;
    private @Nullable Instant wakeAt;

    private PodAgent(PodHost host, PodState state, Function<Pod, Fit> node) {
        this.host = host;
        this.events = new PodEvents(host.events());
        this.live = new LivePod(state, this::turn);
        this.sandbox = new Sandbox(host, live, events);
        this.containers = new Containers(host, live, events, sandbox);
        this.resizing = new Resizing(host, live, events, containers, node);
        this.report = new StatusReport(host, live, this::status, this::stored);
    }

    /**
     * A pod that this node has not seen before and takes, or does not take.
     *
     * @param node whether it could have what it comes to ask for later
     */
    public static PodAgent admit(PodHost host, Pod pod, Verdict verdict, Function<Pod, Fit> node) {
        PodAgent agent = new PodAgent(host, PodState.accepted(pod, host.now()), node);
        switch (verdict) {
            case Verdict.Admitted _ -> agent.turn();
            case Verdict.Rejected rejected -> agent.reject(rejected);
        }
        return agent;
    }

    /** A pod that this node ran before its kubelet began. */
    public static PodAgent adopt(PodHost host, Pod pod, Function<Pod, Fit> node) {
        PodAgent agent = new PodAgent(host, Adoption.of(pod, host.now()), node);
        String phase = pod.getStatus().getPhase();
        if (Phase.isTerminal(phase) && agent.nothingRuns()) {
            agent.over = true;
        } else if (agent.live.state().sandbox()) {
            agent.sandbox.takeAgain();
            agent.containers.resume();
            agent.resizing.consider(pod);
        }
        agent.turn();
        return agent;
    }

    public Pod pod() {
        return live.pod();
    }

    /**
     * Whether a newer version shows runs that nobody here began: the last word of an earlier
     * kubelet, which came when this one had begun already.
     */
    public boolean isPreceded(Pod newer) {
        return isNewer(newer)
                && !report.hasWritten()
                && newer.getStatus() != null
                && Adoption.running(newer).anyMatch(id -> !containers.know(id));
    }

    /** Whether it takes its share of the node's resources, ports and places. */
    public boolean holdsResources() {
        return !over;
    }

    /** A newer version of the same pod. */
    public void podChanged(Pod newer) {
        if (isNewer(newer)) {
            take(newer);
            turn();
        }
    }

    private void take(Pod newer) {
        live.set(live.state().withPod(Allocation.keep(newer, live.pod())));
        resizing.consider(newer);
        sandbox.podChanged();
    }

    /** Whether it waits for resources that the node has not to give. */
    public boolean awaitsResources() {
        return holdsResources() && resizing.isDeferred();
    }

    /** Other pods of the node may have given something up. */
    public void resizeAgain() {
        resizing.again();
        turn();
    }

    /** The API has it no more: what still runs is killed. */
    public void podRemoved() {
        live.close();
        cancelWake();
        containers.killAll();
        sandbox.giveBack();
    }

    /** The kubelet stops; what runs goes on without it. */
    public void abandon() {
        live.close();
        cancelWake();
        containers.close();
    }

    /** Whether it may come to use more than it may. */
    public boolean isWatched() {
        return !over
                && live.state().ending() == null
                && (StorageLimits.concern(live.pod()) || Usages.isTold(live.pod()));
    }

    public void evictIfOverStorageLimits() {
        PodVolumes volumes = sandbox.volumes().orElse(null);
        if (volumes != null) {
            StorageLimits.Usage usage =
                    new StorageLimits.Usage(volumes::usedBytes, containers::writtenBytes);
            StorageLimits.exceeded(live.pod(), usage).ifPresent(this::evict);
        }
    }

    /** The node gives it up: it fails, and its containers have hardly a moment. */
    public void evict(String why) {
        if (live.state().ending() != null) {
            return;
        }
        events.warning(live.pod(), PodLife.EVICTED, why);
        live.set(
                live.state()
                        .ending(
                                new Ending(
                                        Phase.FAILED,
                                        PodLife.EVICTED,
                                        why,
                                        host.now(),
                                        EVICTION_GRACE_SECONDS)));
        turn();
    }

    private void reject(Verdict.Rejected why) {
        rejection = why;
        over = true;
        events.warning(live.pod(), why.reason(), why.message());
        turn();
    }

    private void turn() {
        for (int look = 0; look < MOST_LOOKS && !over && !live.isClosed(); look++) {
            long before = live.changes();
            for (Move move : PodLife.next(live.state(), host.now())) {
                make(move);
            }
            if (live.changes() == before) {
                break;
            }
        }
        resizing.settle();
        report.bringUpToDate(over);
    }

    private void make(Move move) {
        switch (move) {
            case Move.MakeSandbox _ -> sandbox.make();
            case Move.Start(String container) -> containers.start(container);
            case Move.HoldBack(String container, Instant until) -> holdBack(container, until);
            case Move.Stop(String container, String message) -> containers.stop(container, message);
            case Move.End(Ending ending) -> end(ending);
            case Move.Finish _ -> finish();
            case Move.Wake(Instant at) -> wakeAt(at);
        }
    }

    private void holdBack(String container, Instant until) {
        String delay = GoDuration.text(live.container(container).restartBackoff().delay());
        String pod = Quoted.pod(live.pod());
        events.warning(
                live.pod(),
                live.spec(container).orElseThrow(),
                "BackOff",
                "Back-off restarting failed container " + container + " in pod " + pod);
        String message =
                "back-off " + delay + " restarting failed container=" + container + " pod=" + pod;
        live.set(container, live.container(container).waiting("CrashLoopBackOff", message, until));
    }

    private void end(Ending ending) {
        if (ending.reason().equals(PodLife.DEADLINE_EXCEEDED)) {
            events.normal(live.pod(), ending.reason(), ending.message());
        }
        live.set(live.state().ending(ending));
    }

    private void finish() {
        over = true;
        sandbox.giveBack();
        live.set(live.state().over());
    }

    private boolean nothingRuns() {
        PodState state = live.state();
        return state.allContainers().noneMatch(each -> state.container(each).isRunning());
    }

    private PodStatus status() {
        return rejection == null
                ? PodStatuses.of(live.state(), host.hostIp(), over, host.now())
                : PodStatuses.rejected(live.state(), rejection.reason(), rejection.message());
    }

    private void stored(Pod answer) {
        if (isNewer(answer)) {
            take(answer);
        }
    }

    private boolean isNewer(Pod pod) {
        return version(pod) > version(live.pod());
    }

    private static long version(Pod pod) {
        return Long.parseLong(pod.getMetadata().getResourceVersion());
    }

    private void wakeAt(Instant at) {
        if (wakeAt != null && !at.isBefore(wakeAt)) {
            return;
        }
        cancelWake();
        wakeAt = at;
        wake =
                host.after(
                        Duration.between(host.now(), at),
                        () -> {
                            wakeAt = null;
                            live.wake();
                        });
    }

    private void cancelWake() {
        if (wake != null) {
            wake.cancel();
            wake = null;
            wakeAt = null;
        }
    }
}
