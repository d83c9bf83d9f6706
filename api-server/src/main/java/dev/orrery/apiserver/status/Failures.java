package dev.orrery.apiserver.status;

import dev.orrery.apiserver.status.StatusException.Cause;
import dev.orrery.apiserver.status.StatusException.Details;
import dev.orrery.apiserver.store.ExpiredException;
import dev.orrery.apiserver.store.TooLargeResourceVersionException;
import dev.orrery.machinery.log.LogUnavailableException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CompletionException;

/**
 * Decides what a client is told of any failure. What is not an expected refusal is logged here, and
 * the client hears no more than that it happened.
 */
public final class Failures {

    private static final Logger LOGGER = System.getLogger(Failures.class.getName());

    private Failures() {}

    public static StatusException of(Throwable failure) {
        return switch (failure) {
            case CompletionException wrapped when wrapped.getCause() != null ->
                    of(wrapped.getCause());
            case StatusException refusal -> refusal;
            case LogUnavailableException away -> logAway(away);
            case ExpiredException expired -> Refusals.gone(String.valueOf(expired.getMessage()));
            case TooLargeResourceVersionException ahead -> tooLarge(ahead);
            default -> {
                LOGGER.log(Level.ERROR, "request failed", failure);
                yield Refusals.internal(failure.getClass().getSimpleName());
            }
        };
    }

    private static StatusException logAway(LogUnavailableException away) {
        return away.mayHaveHappened()
                ? Refusals.timeout(
                                "the log did not confirm the request in time; it may or may not"
                                        + " have been completed")
                        .withRetryAfter(1)
                : Refusals.unavailable("the cluster's log cannot be reached", 1);
    }

    private static StatusException tooLarge(TooLargeResourceVersionException ahead) {
        String message = String.valueOf(ahead.getMessage());
        return new StatusException(
                        504,
                        "Timeout",
                        "Timeout: " + message,
                        Details.NONE.withCauses(
                                List.of(
                                        new Cause(
                                                "ResourceVersionTooLarge",
                                                "Too large resource version",
                                                ""))))
                .withRetryAfter(1);
    }
}
