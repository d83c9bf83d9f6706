package dev.orrery.machinery.store.grpc;

import dev.orrery.machinery.store.StoreUnavailableException;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** The messages of one answer, collected on the channel's thread for the thread that waits. */
final class Reply<T> implements StreamObserver<T> {

    private final List<T> messages = new ArrayList<>();
    private final CompletableFuture<List<T>> whole = new CompletableFuture<>();

    @Override
    public void onNext(T message) {
        messages.add(message);
    }

    @Override
    public void onError(Throwable reason) {
        whole.completeExceptionally(reason);
    }

    @Override
    public void onCompleted() {
        whole.complete(messages);
    }

    /**
     * Blocks until the answer is whole. The channel's deadline bounds the time.
     *
     * @throws FailedException if it never will be
     */
    List<T> await() throws FailedException {
        try {
            return whole.get();
        } catch (ExecutionException e) {
            throw new FailedException(Status.fromThrowable(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted while waiting for an answer", e);
        }
    }

    /** The call ended without an answer. */
    static final class FailedException extends Exception {

        private final transient Status status;

        FailedException(Status status) {
            super(status.getCode() + " " + status.getDescription(), status.getCause());
            this.status = status;
        }

        /** The server could not be reached, or was lost on the way. */
        boolean isUnavailable() {
            return status.getCode() == Status.Code.UNAVAILABLE;
        }
    }
}
