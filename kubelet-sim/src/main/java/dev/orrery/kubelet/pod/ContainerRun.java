package dev.orrery.kubelet.pod;

import dev.orrery.kubelet.process.ContainerProcess;
import dev.orrery.kubelet.process.Signal;
import dev.orrery.machinery.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run of a container: its process, what watches it, and how far it is in being stopped. In the
 * node's mailbox.
 */
final class ContainerRun {

    private final PodHost host;
    private final String id;
    private final ContainerProcess process;
    private final List<ProbeLoop> probes = new ArrayList<>();
    private Instant excusedUntil = Instant.EPOCH;
    private @Nullable Instant killAt;
    private Clock.@Nullable Timer kill;

    ContainerRun(PodHost host, String id, ContainerProcess process) {
        this.host = host;
        this.id = id;
        this.process = process;
    }

    String id() {
        return id;
    }

    ContainerProcess process() {
        return process;
    }

    /** Until then bad answers of its probes are none, before the first good one. */
    Instant excusedUntil() {
        return excusedUntil;
    }

    void excuseUntil(Instant end) {
        excusedUntil = end;
    }

    void watch(ProbeLoop probe) {
        probes.add(probe);
        probe.start();
    }

    boolean isStopping() {
        return killAt != null;
    }

    /** From now on it is killed at the deadline, or at an earlier one that is set later. */
    void killAt(Instant deadline) {
        if (killAt != null && !deadline.isBefore(killAt)) {
            return;
        }
        killAt = deadline;
        if (kill != null) {
            kill.cancel();
        }
        kill = host.after(Duration.between(host.now(), deadline), this::kill);
    }

    void terminate() {
        process.signal(Signal.TERM);
    }

    void kill() {
        process.signal(Signal.KILL);
    }

    /** The process has ended, or is no longer this kubelet's business. */
    void close() {
        stopProbes();
        if (kill != null) {
            kill.cancel();
        }
    }

    void stopProbes() {
        probes.forEach(ProbeLoop::stop);
        probes.clear();
    }
}
