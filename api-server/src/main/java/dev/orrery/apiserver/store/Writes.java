package dev.orrery.apiserver.store;

import dev.orrery.machinery.log.LogUnavailableException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The writes of this replica that the log has not answered yet, by their ids. A write whose
 * acknowledgement was lost stays here: its own record still settles it. Used from any thread.
 */
final class Writes {

    private final Map<String, Pending> pending = new ConcurrentHashMap<>();

    CompletableFuture<Outcome> begin(String id, Instant deadline) {
        Pending write = new Pending(new CompletableFuture<>(), deadline);
        if (pending.putIfAbsent(id, write) != null) {
            throw new IllegalArgumentException("a write of this id is under way: " + id);
        }
        return write.outcome;
    }

    /** The record of a write, if it is one of ours, was read. */
    void settle(Change change) {
        Pending write = pending.remove(change.record().header().id());
        if (write != null) {
            write.outcome.complete(change.outcome());
        }
    }

    /** The log refused an entry, or did not say whether it took it. */
    void failed(String id, Throwable cause) {
        if (cause instanceof LogUnavailableException away && away.mayHaveHappened()) {
            return;
        }
        Pending write = pending.remove(id);
        if (write != null) {
            write.outcome.completeExceptionally(cause);
        }
    }

    /** Gives up on overdue writes; answers whether there are others. */
    boolean sweep(Instant now) {
        pending.forEach((id, write) -> {
            if (!now.isBefore(write.deadline) && pending.remove(id, write)) {
                write.outcome.completeExceptionally(
                        unknown("the log did not say in time whether it took a write"));
            }
        });
        return !pending.isEmpty();
    }

    void failAll(String why) {
        pending.forEach((id, write) -> {
            if (pending.remove(id, write)) {
                write.outcome.completeExceptionally(unknown(why));
            }
        });
    }

    private static LogUnavailableException unknown(String message) {
        return new LogUnavailableException(message, true, null);
    }

    private record Pending(CompletableFuture<Outcome> outcome, Instant deadline) {}
}
