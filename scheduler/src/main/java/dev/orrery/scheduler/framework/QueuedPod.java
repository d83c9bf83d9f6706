package dev.orrery.scheduler.framework;

import dev.orrery.machinery.informer.ChangeHandler.Change;
import dev.orrery.scheduler.cluster.PodInfo;
import java.time.Instant;
import java.util.Set;

/**
 * A pod that waits for its node, and what its tries came to. Immutable.
 *
 * @param sequence in the order in which pods came; tells apart pods that are alike in all else
 * @param since when it was last put into the queue; it waits its turn and its back-off from here
 * @param attempts tries so far
 * @param unschedulable tries in a row that found no node
 * @param errors tries in a row that failed otherwise
 * @param rejectedBy plugins that turned it away at the last try; empty after an error
 * @param cause the change that woke it
 */
public record QueuedPod(
        PodInfo pod,
        long sequence,
        Instant since,
        int attempts,
        int unschedulable,
        int errors,
        Set<String> rejectedBy,
        Change cause) {

    /** No change: time alone. */
    public static final Change TIME = new Change(0, "");

    public QueuedPod {
        rejectedBy = Set.copyOf(rejectedBy);
    }

    public static QueuedPod of(PodInfo pod, long sequence, Instant now) {
        return new QueuedPod(pod, sequence, now, 0, 0, 0, Set.of(), TIME);
    }

    public QueuedPod withPod(PodInfo changed) {
        return new QueuedPod(
                changed, sequence, since, attempts, unschedulable, errors, rejectedBy, cause);
    }

    public QueuedPod withCause(Change change) {
        return new QueuedPod(
                pod, sequence, since, attempts, unschedulable, errors, rejectedBy, change);
    }

    public QueuedPod tried() {
        return new QueuedPod(
                pod, sequence, since, attempts + 1, unschedulable, errors, rejectedBy, cause);
    }

    public QueuedPod foundNoNode(Set<String> plugins, Instant now) {
        return new QueuedPod(pod, sequence, now, attempts, unschedulable + 1, 0, plugins, TIME);
    }

    public QueuedPod failed(Instant now) {
        return new QueuedPod(pod, sequence, now, attempts, 0, errors + 1, Set.of(), TIME);
    }
}
