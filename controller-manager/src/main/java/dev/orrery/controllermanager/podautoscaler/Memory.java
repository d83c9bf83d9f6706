package dev.orrery.controllermanager.podautoscaler;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What an autoscaler recommended and did of late. Lost with the process, as in Kubernetes. One
 * thread at a time.
 */
final class Memory {

    /** The longest window and the longest period that an autoscaler can ask for. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Deque<Event> recommendations = new ArrayDeque<>();
    private final Deque<Event> added = new ArrayDeque<>();
    private final Deque<Event> removed = new ArrayDeque<>();

    private record Event(int replicas, Instant time) {}

    void recommend(int replicas, Instant now) {
        remember(recommendations, replicas, now);
    }

    boolean isEmpty() {
        return recommendations.isEmpty();
    }

    void rescale(int from, int to, Instant now) {
        remember(to > from ? added : removed, Math.abs(to - from), now);
    }

    private static void remember(Deque<Event> events, int replicas, Instant now) {
        events.removeIf(event -> event.time().isBefore(now.minus(LONGEST)));
        events.addLast(new Event(replicas, now));
    }

    /** Of the recommendations since then and one more. */
    int highest(Instant since, int latest) {
        return recommendations.stream()
                .filter(event -> event.time().isAfter(since))
                .mapToInt(Event::replicas)
                .reduce(latest, Math::max);
    }

    int lowest(Instant since, int latest) {
        return recommendations.stream()
                .filter(event -> event.time().isAfter(since))
                .mapToInt(Event::replicas)
                .reduce(latest, Math::min);
    }

    /** How many more replicas there are since then because of the autoscaler. */
    int change(Instant since) {
        return sum(added, since) - sum(removed, since);
    }

    private static int sum(Deque<Event> events, Instant since) {
        return events.stream()
                .filter(event -> event.time().isAfter(since))
                .mapToInt(Event::replicas)
                .sum();
    }
}
