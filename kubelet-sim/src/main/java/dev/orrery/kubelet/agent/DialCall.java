package dev.orrery.kubelet.agent;

import com.google.protobuf.UnsafeByteOperations;
import dev.orrery.kubelet.network.Splice;
import dev.orrery.proto.DialStart;
import dev.orrery.proto.Segment;
import dev.orrery.userland.Connection;
import dev.orrery.userland.file.Errno;
import dev.orrery.userland.file.FileException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Locale;
import java.util.concurrent.Executor;

/** A connection of the api-server's into the network of the pods. */
final class DialCall implements StreamObserver<Segment>, Splice.Far {

    private final Dials dials;
    private final ServerCallStreamObserver<Segment> call;
    private final Splice splice;
    private boolean started;

    DialCall(Dials dials, Executor executor, ServerCallStreamObserver<Segment> call) {
        this.dials = dials;
        this.call = call;
        this.splice = new Splice(this, executor);
    }

    /** Called in the frame of the call, before its first message. */
    void begin() {
        call.disableAutoRequest();
        call.setOnReadyHandler(splice::wake);
        call.setOnCancelHandler(splice::cut);
        call.request(1);
    }

    @Override
    public void onNext(Segment segment) {
        switch (segment.getSegmentCase()) {
            case START -> start(segment.getStart());
            case DATA -> splice.received(segment.getData().toByteArray());
            case END -> {
                splice.ended();
                call.request(1);
            }
            case CONNECTED, REFUSED, SEGMENT_NOT_SET -> call.request(1);
        }
    }

    private void start(DialStart start) {
        try {
            if (started) {
                throw new FileException(Errno.EINVAL);
            }
            started = true;
            Connection connection = dials.open(start);
            call.onNext(Segment.newBuilder().setConnected(true).build());
            call.request(1);
            splice.join(connection);
        } catch (FileException e) {
            call.onNext(Segment.newBuilder().setRefused(words(e.errno())).build());
            call.onCompleted();
        }
    }

    /** As a dialler says it. */
    private static String words(Errno errno) {
        return switch (errno) {
            case ECONNREFUSED -> "connection refused";
            case EHOSTUNREACH -> "no route to host";
            case ENETUNREACH -> "network is unreachable";
            case ETIMEDOUT -> "connection timed out";
            default -> errno.words().toLowerCase(Locale.ROOT);
        };
    }

    @Override
    public boolean isReady() {
        return call.isReady();
    }

    @Override
    public void send(byte[] bytes) {
        call.onNext(Segment.newBuilder().setData(UnsafeByteOperations.unsafeWrap(bytes)).build());
    }

    @Override
    public void end() {
        call.onNext(Segment.newBuilder().setEnd(true).build());
    }

    @Override
    public void more() {
        call.request(1);
    }

    @Override
    public void over() {
        call.onCompleted();
    }

    @Override
    public void onError(Throwable reason) {
        splice.cut();
    }

    @Override
    public void onCompleted() {
        splice.ended();
    }
}
