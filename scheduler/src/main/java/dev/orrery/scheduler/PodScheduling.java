package dev.orrery.scheduler;

import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.event.EventRecorder;
import dev.orrery.machinery.informer.Informers;
import dev.orrery.machinery.store.Origin;
import dev.orrery.scheduler.NodeSearch.Found;
import dev.orrery.scheduler.PodStatusWriter.Condition;
import dev.orrery.scheduler.cluster.Cluster;
import dev.orrery.scheduler.cluster.PodInfo;
import dev.orrery.scheduler.framework.ClusterEvent;
import dev.orrery.scheduler.framework.Diagnosis;
import dev.orrery.scheduler.framework.Framework;
import dev.orrery.scheduler.framework.Framework.Cycle;
import dev.orrery.scheduler.framework.PostFilter.Outcome;
import dev.orrery.scheduler.framework.QueuedPod;
import dev.orrery.scheduler.framework.Status.Rejected;
import dev.orrery.scheduler.queue.SchedulingQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes one pod from the queue to its end: bound to a node, or back in the queue with the reason
 * told. Decides on the scheduling thread; writes on threads that may block, which report back to
 * it.
 */
final class PodScheduling {

    /** The longest text of an event. */
    private static final int LONGEST_MESSAGE = 1024;

    private static final String NO_NODES = "no nodes available to schedule pods";

    private final Cluster cluster;
    private final SchedulingQueue queue;
    private final ClusterFeed feed;
    private final PodWrites writes;
    private final NodeSearch search;
    private final PodStatusWriter statuses;
    private final EventRecorder events;
    private final Informers informers;
    private final Bindings bindings;
    private final int writesAtATime;
    private final ScheduleAttempts attempts;

    PodScheduling(
            Surroundings surroundings,
            SchedulerConfig config,
            SerialLoop loop,
            Cluster cluster,
            Framework framework,
            SchedulingQueue queue,
            ClusterFeed feed,
            PodWrites writes) {
        this.cluster = cluster;
        this.queue = queue;
        this.feed = feed;
        this.writes = writes;
        search =
                new NodeSearch(
                        cluster,
                        framework,
                        surroundings.random(),
                        config.percentageOfNodesToScore());
        statuses = new PodStatusWriter(surroundings.store(), surroundings.clock());
        events = surroundings.events().from(config.schedulerName(), "");
        informers = surroundings.informers();
        bindings = new Bindings(surroundings, loop, writes, events, feed, this::notBound);
        writesAtATime = config.writesAtATime();
        attempts = new ScheduleAttempts(surroundings, config.schedulerName(), queue);
    }

    boolean mayDecide() {
        return writes.podsUnderWay() < writesAtATime;
    }

    void decideNext() {
        QueuedPod tried = queue.pop();
        if (tried == null) {
            return;
        }
        attempts.begin();
        try {
            decide(tried);
        } catch (RuntimeException e) {
            attempts.record(ScheduleAttempts.Result.ERROR);
            queue.failed(tried);
            tell(tried, "SchedulerError", String.valueOf(e.getMessage()), null);
        }
    }

    private void decide(QueuedPod tried) {
        switch (search.search(tried.pod())) {
            case Found.Place(Cycle cycle, String node) -> {
                attempts.record(ScheduleAttempts.Result.SCHEDULED);
                place(tried, cycle, node);
            }
            case Found.NoPlace(Cycle cycle, Diagnosis diagnosis) -> {
                attempts.record(ScheduleAttempts.Result.UNSCHEDULABLE);
                makeRoom(tried, cycle, diagnosis);
            }
            case Found.NoNodes() -> {
                attempts.record(ScheduleAttempts.Result.UNSCHEDULABLE);
                queue.foundNoNode(tried, Set.of());
                tell(tried, "Unschedulable", NO_NODES, "");
            }
        }
    }

    // A node was found

    private void place(QueuedPod tried, Cycle cycle, String node) {
        Rejected rejected = cycle.reserve(node);
        if (rejected != null) {
            Diagnosis diagnosis = new Diagnosis(1);
            diagnosis.reject(node, rejected);
            queue.foundNoNode(tried, diagnosis.plugins());
            tell(tried, "Unschedulable", diagnosis.message(), "");
            return;
        }
        PodInfo pod = tried.pod();
        cluster.assume(pod, node);
        cluster.nominate(pod, "");
        bindings.begin(new Bindings.Reserved(tried, cycle, node, origin(tried)));
    }

    private void notBound(Bindings.Reserved reserved, String reason) {
        reserved.cycle().unreserve(reserved.node());
        PodInfo pod = reserved.pod();
        if (cluster.isAssumed(pod.uid())) {
            cluster.forget(pod.uid());
            queue.happened(new ClusterEvent.PodGone(pod, reserved.node()), QueuedPod.TIME);
        }
        PodInfo now = feed.stillUnbound(pod);
        if (now != null) {
            QueuedPod again = reserved.tried().withPod(now);
            queue.failed(again);
            tell(again, "SchedulerError", reason, null);
        }
    }

    // No node was found

    private void makeRoom(QueuedPod tried, Cycle cycle, Diagnosis diagnosis) {
        Outcome outcome = cycle.postFilter(diagnosis);
        String nomination =
                switch (outcome) {
                    case Outcome.Nominated(String node) -> node;
                    case Outcome.Helpless(String _, String node) -> node;
                    case Outcome.Failed _ -> null;
                };
        if (nomination != null) {
            cluster.nominate(tried.pod(), nomination);
        }
        queue.foundNoNode(tried, diagnosis.plugins());
        tell(tried, "Unschedulable", diagnosis.message(), nomination);
    }

    private void tell(QueuedPod tried, String reason, String message, @Nullable String nomination) {
        PodInfo pod = tried.pod();
        events.warning(pod.pod(), "FailedScheduling", shortened(message));
        Condition condition = Condition.notScheduled(reason, message);
        writes.write(
                pod.uid(), origin(tried), () -> statuses.write(pod.pod(), condition, nomination));
    }

    private static String shortened(String message) {
        String end = " ...";
        return message.length() <= LONGEST_MESSAGE
                ? message
                : message.substring(0, LONGEST_MESSAGE - end.length()) + end;
    }

    private Origin origin(QueuedPod tried) {
        List<Long> cause = new ArrayList<>();
        String version = tried.pod().pod().getMetadata().getResourceVersion();
        if (version != null) {
            cause.add(Long.valueOf(version));
        }
        long woken = tried.cause().resourceVersion();
        if (woken > 0 && !cause.contains(woken)) {
            cause.add(woken);
        }
        return new Origin(cause, informers.applied(), tried.cause().traceparent());
    }
}
