package dev.orrery.apiserver.edge;

import dev.orrery.apiserver.answer.Outflow;
import dev.orrery.apiserver.node.NodeAgents.UnreachableException;
import dev.orrery.proto.LogsChunk;
import dev.orrery.proto.LogsRequest;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A log on its way from a node to a client. The node is asked for more only as the client takes, so
 * no more than a few chunks are here at any time.
 */
final class NodeLogs implements ClientResponseObserver<LogsRequest, LogsChunk>, Outflow {

    private static final int CHUNKS_AHEAD = 4;
    private static final byte[] NOTHING = {};

    private final String containerId;
    private final CompletableFuture<Outflow> begun = new CompletableFuture<>();
    private final Deque<byte[]> chunks = new ArrayDeque<>();
    private @Nullable ClientCallStreamObserver<LogsRequest> call;
    private Runnable onReady = () -> {};
    private boolean over;

    NodeLogs(String containerId) {
        this.containerId = containerId;
    }

    /** Done when the node has answered. */
    CompletionStage<Outflow> begun() {
        return begun;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<LogsRequest> started) {
        call = started;
        started.disableAutoRequestWithInitial(CHUNKS_AHEAD);
    }

    @Override
    public void onNext(LogsChunk chunk) {
        put(chunk.getData().toByteArray(), false);
    }

    @Override
    public void onError(Throwable reason) {
        Status status = Status.fromThrowable(reason);
        if (status.getCode() == Status.Code.NOT_FOUND) {
            String gone = "unable to retrieve container logs for containerd://" + containerId;
            put(gone.getBytes(StandardCharsets.UTF_8), true);
        } else {
            begun.completeExceptionally(new UnreachableException("connect: connection refused"));
            put(NOTHING, true);
        }
    }

    @Override
    public void onCompleted() {
        put(NOTHING, true);
    }

    private void put(byte[] bytes, boolean last) {
        Runnable wake;
        synchronized (this) {
            chunks.add(bytes);
            over |= last;
            wake = onReady;
        }
        begun.complete(this);
        wake.run();
    }

    @Override
    public void onReady(Runnable task) {
        synchronized (this) {
            onReady = task;
        }
        task.run();
    }

    @Override
    public synchronized byte @Nullable [] poll() {
        byte[] chunk = NOTHING;
        while (chunk.length == 0 && !chunks.isEmpty()) {
            chunk = chunks.remove();
            if (call != null && !over) {
                call.request(1);
            }
        }
        return chunk.length == 0 && over ? null : chunk;
    }

    @Override
    public void close() {
        if (call != null) {
            call.cancel("the client has gone", null);
        }
    }
}
