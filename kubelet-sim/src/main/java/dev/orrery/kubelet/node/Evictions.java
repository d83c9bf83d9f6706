package dev.orrery.kubelet.node;

import dev.orrery.kubelet.eviction.MemoryPressure;
import dev.orrery.kubelet.pod.PodAgent;
import dev.orrery.kubelet.pod.PodHost;
import dev.orrery.kubelet.usage.NodeUse;
import dev.orrery.kubelet.usage.PodUse;
import dev.orrery.kubelet.usage.Usages;
import io.fabric8.kubernetes.api.model.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/**
 * Looks now and then whether pods of a node use more than they may, or all of them more than the
 * node has, as long as it has any that could. In the node's mailbox.
 */
final class Evictions {

    static final Duration PERIOD = Duration.ofSeconds(10);

    private final PodHost host;
    private final Supplier<Node> node;
    private final Supplier<Collection<PodAgent>> pods;
    private final Pressure pressure;
    private boolean scheduled;
    private boolean stopped;

    Evictions(
            PodHost host,
            Supplier<Node> node,
            Supplier<Collection<PodAgent>> pods,
            Pressure pressure) {
        this.host = host;
        this.node = node;
        this.pods = pods;
        this.pressure = pressure;
    }

    /** A pod has come or changed. */
    void podChanged(PodAgent changed) {
        stopped = false;
        if (changed.isWatched()) {
            schedule();
        }
    }

    void stop() {
        stopped = true;
    }

    private void schedule() {
        if (!scheduled) {
            scheduled = true;
            host.clock().schedule(PERIOD, () -> host.mailbox().post(this::look));
        }
    }

    private void look() {
        scheduled = false;
        if (stopped) {
            return;
        }
        boolean more = false;
        for (PodAgent pod : pods.get()) {
            if (pod.isWatched()) {
                pod.evictIfOverStorageLimits();
                more |= pod.isWatched();
            }
        }
        if (more) {
            relieve();
            schedule();
        }
    }

    /** One pod at a time: what it gives up may be enough. */
    private void relieve() {
        Instant now = host.clock().instant();
        List<PodUse> uses = new ArrayList<>();
        List<MemoryPressure.Running> running = new ArrayList<>();
        for (PodAgent agent : pods.get()) {
            PodUse use = Usages.of(agent.pod(), now);
            if (agent.holdsResources() && !use.containers().isEmpty()) {
                uses.add(use);
                running.add(new MemoryPressure.Running(agent.pod(), use));
            }
        }
        long used = new NodeUse(host.nodeName(), now, uses).memoryBytes();
        long available = host.resources().memoryBytes() - used;
        if (available >= MemoryPressure.THRESHOLD_BYTES) {
            return;
        }
        pressure.seen(now);
        host.events().warning(node.get(), "EvictionThresholdMet", "Attempting to reclaim memory");
        MemoryPressure.choose(running, available)
                .ifPresent(victim ->
                        pods.get().stream()
                                .filter(each -> each.pod().equals(victim.pod()))
                                .forEach(each -> each.evict(victim.message())));
    }
}
