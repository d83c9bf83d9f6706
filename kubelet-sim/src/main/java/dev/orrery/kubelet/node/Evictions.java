package dev.orrery.kubelet.node;

import dev.orrery.kubelet.pod.PodAgent;
import dev.orrery.kubelet.pod.PodHost;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Supplier;

/**
 * Looks now and then whether pods of a node use more than they may, as long as it has any that
 * could. In the node's mailbox.
 */
final class Evictions {

    static final Duration PERIOD = Duration.ofSeconds(10);

    private final PodHost host;
    private final Supplier<Collection<PodAgent>> pods;
    private boolean scheduled;
    private boolean stopped;

    Evictions(PodHost host, Supplier<Collection<PodAgent>> pods) {
        this.host = host;
        this.pods = pods;
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
            schedule();
        }
    }
}
