package dev.orrery.apiserver.store;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What stages wrap around the reason of a failure, taken off. */
final class Failures {

    private Failures() {}

    static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }

    /** Completes a stage as another one ended, without the wrapping. */
    static <T> void pass(
            @Nullable T value, @Nullable Throwable failure, CompletableFuture<T> stage) {
        if (failure != null) {
            stage.completeExceptionally(cause(failure));
        } else {
            stage.complete(requireNonNull(value));
        }
    }
}
