package dev.orrery.scheduler.queue;

import dev.orrery.machinery.informer.ChangeHandler.Change;
import dev.orrery.scheduler.cluster.PodInfo;
import dev.orrery.scheduler.framework.ClusterEvent;
import dev.orrery.scheduler.framework.Framework;
import dev.orrery.scheduler.framework.QueuedPod;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All pods that have no node yet. Each is in exactly one place: active (its turn will come), in
 * back-off (rests after a failed try, though a change made it worth another), or waiting (no change
 * that could help has been seen). Used on the scheduling thread alone.
 *
 * <p>It holds one entry for each unbound pod that the informer holds, and so is bounded by the
 * cluster.
 */
public final class SchedulingQueue {

    /** After this long a waiting pod is tried again even if nothing seems to help it. */
    static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private static final Comparator<QueuedPod> BY_WAIT =
            Comparator.comparing(QueuedPod::since).thenComparingLong(QueuedPod::sequence);

    private final InstantSource clock;
    private final Framework framework;
    private final Backoff backoff;

    private final Map<String, Place> places = new HashMap<>();
    private final NavigableSet<QueuedPod> active;
    private final NavigableSet<QueuedPod> resting = new TreeSet<>(byRestEnd());
    private final NavigableSet<QueuedPod> recovering = new TreeSet<>(byRestEnd());
    private final NavigableSet<QueuedPod> waiting = new TreeSet<>(BY_WAIT);
    private final Map<String, QueuedPod> gated = new LinkedHashMap<>();
    private long sequence;

    /** Where a pod is. Recovering: in back-off after an error, which no idle moment shortens. */
    enum Where {
        ACTIVE,
        RESTING,
        RECOVERING,
        WAITING,
        GATED
    }

    private record Place(Where where, QueuedPod pod) {}

    public SchedulingQueue(InstantSource clock, Framework framework, Backoff backoff) {
        this.clock = clock;
        this.framework = framework;
        this.backoff = backoff;
        active = new TreeSet<>(framework.queueSort().order());
    }

    private Comparator<QueuedPod> byRestEnd() {
        return Comparator.comparing(this::restEnd).thenComparingLong(QueuedPod::sequence);
    }

    /** A pod that has no node, as it is now; where it is known, its change may let it through. */
    public void observe(PodInfo pod, Change change) {
        Place place = places.get(pod.uid());
        if (place == null) {
            putActive(QueuedPod.of(pod, sequence++, clock.instant()).withCause(change));
            return;
        }
        QueuedPod before = place.pod();
        QueuedPod after = before.withPod(pod);
        remove(pod.uid());
        switch (place.where()) {
            case GATED -> wake(after.withCause(change));
            case WAITING -> {
                ClusterEvent event = new ClusterEvent.PodChanged(before.pod(), pod);
                if (framework.mayHelp(after, event)) {
                    wake(after.withCause(change));
                } else {
                    put(Where.WAITING, after);
                }
            }
            case ACTIVE, RESTING, RECOVERING -> put(place.where(), after);
        }
    }

    /** Its unimportant parts, such as its status, have changed. */
    public void refresh(PodInfo pod) {
        Place place = places.get(pod.uid());
        if (place != null) {
            remove(pod.uid());
            put(
                    place.where() == Where.GATED ? Where.ACTIVE : place.where(),
                    place.pod().withPod(pod));
        }
    }

    public void remove(String uid) {
        Place place = places.remove(uid);
        if (place == null) {
            return;
        }
        switch (place.where()) {
            case ACTIVE -> active.remove(place.pod());
            case RESTING -> resting.remove(place.pod());
            case RECOVERING -> recovering.remove(place.pod());
            case WAITING -> waiting.remove(place.pod());
            case GATED -> gated.remove(uid);
        }
    }

    /** The pod as it was queued; null if it is not here. */
    public @Nullable PodInfo get(String uid) {
        Place place = places.get(uid);
        return place == null ? null : place.pod().pod();
    }

    /**
     * The pod whose turn it is, taken out. Where no pod is active, one that rests after finding no
     * node is taken early: the machine is idle, and the rest was for the others' sake.
     */
    public @Nullable QueuedPod pop() {
        endRests();
        QueuedPod next = active.isEmpty() ? resting.pollFirst() : active.pollFirst();
        if (next == null) {
            return null;
        }
        places.remove(next.pod().uid());
        return next.tried();
    }

    public boolean hasNext() {
        endRests();
        return !active.isEmpty() || !resting.isEmpty();
    }

    /** A try found no node: the pod waits for a change that one of the plugins hopes for. */
    public void foundNoNode(QueuedPod tried, Set<String> plugins) {
        put(Where.WAITING, tried.foundNoNode(plugins, clock.instant()));
    }

    /** A try failed for another reason: it is made again after a rest. */
    public void failed(QueuedPod tried) {
        put(Where.RECOVERING, tried.failed(clock.instant()));
    }

    /** Something happened: the waiting pods that it may help get another try. */
    public void happened(ClusterEvent event, Change change) {
        if (waiting.isEmpty()) {
            return;
        }
        List<QueuedPod> helped = new ArrayList<>();
        for (QueuedPod each : waiting) {
            if (framework.mayHelp(each, event)) {
                helped.add(each);
            }
        }
        for (QueuedPod each : helped) {
            remove(each.pod().uid());
            wake(each.withCause(change));
        }
    }

    /** The pod gets another try now, if it waits here. */
    public void activate(String uid) {
        Place place = places.get(uid);
        if (place != null && place.where() == Where.WAITING) {
            remove(uid);
            wake(place.pod());
        }
    }

    /** The pods that have waited for the longest allowed time get another try. */
    public void endLongWaits() {
        Instant longAgo = clock.instant().minus(LONGEST_WAIT);
        while (!waiting.isEmpty() && !waiting.first().since().isAfter(longAgo)) {
            QueuedPod overdue = waiting.first();
            remove(overdue.pod().uid());
            wake(overdue);
        }
    }

    /** When something falls due here without anyone calling; empty if nothing will. */
    public Optional<Instant> nextDue() {
        Instant recovered = recovering.isEmpty() ? Instant.MAX : restEnd(recovering.first());
        Instant waited =
                waiting.isEmpty() ? Instant.MAX : waiting.first().since().plus(LONGEST_WAIT);
        Instant due = recovered.isBefore(waited) ? recovered : waited;
        return due.equals(Instant.MAX) ? Optional.empty() : Optional.of(due);
    }

    public int size() {
        return places.size();
    }

    public int activeCount() {
        return active.size();
    }

    public int backoffCount() {
        return resting.size() + recovering.size();
    }

    public int waitingCount() {
        return waiting.size();
    }

    public int gatedCount() {
        return gated.size();
    }

    private void wake(QueuedPod queued) {
        if (restEnd(queued).isAfter(clock.instant())) {
            put(Where.RESTING, queued);
        } else {
            putActive(queued);
        }
    }

    private void putActive(QueuedPod queued) {
        put(Where.ACTIVE, queued);
    }

    private void put(Where where, QueuedPod queued) {
        boolean mayTry = where == Where.WAITING || framework.preEnqueue(queued.pod()) == null;
        Where place = mayTry ? where : Where.GATED;
        places.put(queued.pod().uid(), new Place(place, queued));
        switch (place) {
            case ACTIVE -> active.add(queued);
            case RESTING -> resting.add(queued);
            case RECOVERING -> recovering.add(queued);
            case WAITING -> waiting.add(queued);
            case GATED -> gated.put(queued.pod().uid(), queued);
        }
    }

    private Instant restEnd(QueuedPod queued) {
        int failures = queued.errors() > 0 ? queued.errors() : queued.unschedulable();
        return queued.since().plus(backoff.after(failures));
    }

    private void endRests() {
        Instant now = clock.instant();
        endRests(resting, now);
        endRests(recovering, now);
    }

    private void endRests(NavigableSet<QueuedPod> rests, Instant now) {
        while (!rests.isEmpty() && !restEnd(rests.first()).isAfter(now)) {
            QueuedPod rested = rests.first();
            remove(rested.pod().uid());
            putActive(rested);
        }
    }
}
