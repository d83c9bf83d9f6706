package dev.orrery.apiserver.store;

import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Who waits for a version to be read, the nearest first. Used from any thread.
 *
 * <p>No wait is missed: a waiter is entered first and looks at the current state after that; the
 * reading thread publishes the state first and looks for waiters after that.
 */
final class Waits {

    private final ConcurrentSkipListMap<Place, Wait> waiting =
            new ConcurrentSkipListMap<>(
                    Comparator.comparingLong(Place::version).thenComparingLong(Place::order));
    private final AtomicLong order = new AtomicLong();

    /**
     * @param current reads the state that is published now
     * @param refusal what the wait fails with after the deadline
     */
    CompletableFuture<ClusterState> until(
            long version,
            Instant deadline,
            Supplier<ClusterState> current,
            Supplier<Exception> refusal) {
        ClusterState state = current.get();
        if (state.resourceVersion() >= version) {
            return CompletableFuture.completedFuture(state);
        }
        CompletableFuture<ClusterState> stage = new CompletableFuture<>();
        waiting.put(
                new Place(version, order.incrementAndGet()), new Wait(stage, deadline, refusal));
        passed(current.get());
        return stage;
    }

    /** This state was published. */
    void passed(ClusterState state) {
        Map.Entry<Place, Wait> first = waiting.firstEntry();
        while (first != null && first.getKey().version <= state.resourceVersion()) {
            if (waiting.remove(first.getKey(), first.getValue())) {
                first.getValue().stage.complete(state);
            }
            first = waiting.firstEntry();
        }
    }

    /** Gives up on overdue waits; answers whether there are others. */
    boolean sweep(Instant now) {
        waiting.forEach((place, wait) -> {
            if (!now.isBefore(wait.deadline) && waiting.remove(place, wait)) {
                wait.stage.completeExceptionally(wait.refusal.get());
            }
        });
        return !waiting.isEmpty();
    }

    void failAll(Exception why) {
        waiting.forEach((place, wait) -> {
            if (waiting.remove(place, wait)) {
                wait.stage.completeExceptionally(why);
            }
        });
    }

    private record Place(long version, long order) {}

    private record Wait(
            CompletableFuture<ClusterState> stage, Instant deadline, Supplier<Exception> refusal) {}
}
