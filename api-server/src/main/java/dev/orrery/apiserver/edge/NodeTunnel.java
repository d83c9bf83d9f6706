package dev.orrery.apiserver.edge;

import com.google.protobuf.UnsafeByteOperations;
import dev.orrery.apiserver.node.NodeAgents.UnreachableException;
import dev.orrery.apiserver.node.Tunnel;
import dev.orrery.proto.Segment;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A tunnel over a call to the nodes' process. */
final class NodeTunnel implements Tunnel, ClientResponseObserver<Segment, Segment> {

    private static final int SEGMENTS_AHEAD = 4;

    private final CompletableFuture<Tunnel> opened = new CompletableFuture<>();
    private @Nullable ClientCallStreamObserver<Segment> call;
    private volatile @Nullable Receiver receiver;
    private boolean peerEnded;
    private volatile boolean over;

    /** Done when the connection stands. */
    CompletionStage<Tunnel> opened() {
        return opened;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<Segment> started) {
        call = started;
        started.disableAutoRequestWithInitial(1);
        started.setOnReadyHandler(() -> {
            Receiver current = receiver;
            if (current != null && !over) {
                current.ready();
            }
        });
    }

    private ClientCallStreamObserver<Segment> call() {
        if (call == null) {
            throw new IllegalStateException("the call has not begun");
        }
        return call;
    }

    @Override
    public void begin(Receiver listener) {
        receiver = listener;
        call().request(SEGMENTS_AHEAD);
    }

    @Override
    public void onNext(Segment segment) {
        switch (segment.getSegmentCase()) {
            case CONNECTED -> opened.complete(this);
            case REFUSED ->
                    opened.completeExceptionally(
                            new UnreachableException("connect: " + segment.getRefused()));
            case DATA -> {
                Receiver current = receiver;
                if (current != null && !over) {
                    current.data(segment.getData().toByteArray());
                }
            }
            case END -> peerEnds();
            case START, SEGMENT_NOT_SET -> {}
        }
    }

    @Override
    public void onError(Throwable reason) {
        opened.completeExceptionally(new UnreachableException("connect: connection refused"));
        Receiver current = receiver;
        if (current != null && !over) {
            over = true;
            current.failed("connection reset by peer");
        }
    }

    private void peerEnds() {
        Receiver current = receiver;
        if (current != null && !over && !peerEnded) {
            peerEnded = true;
            current.ended();
        }
    }

    @Override
    public void onCompleted() {
        opened.completeExceptionally(new UnreachableException("connect: connection refused"));
        peerEnds();
        over = true;
    }

    @Override
    public boolean write(byte[] bytes) {
        if (over) {
            return true;
        }
        call().onNext(Segment.newBuilder().setData(UnsafeByteOperations.unsafeWrap(bytes)).build());
        return call().isReady();
    }

    @Override
    public void end() {
        if (!over) {
            call().onNext(Segment.newBuilder().setEnd(true).build());
        }
    }

    @Override
    public void more() {
        if (!over) {
            call().request(1);
        }
    }

    @Override
    public void close() {
        if (!over) {
            over = true;
            call().cancel("no longer of use", null);
        }
    }
}
