package dev.orrery.kubelet.agent;

import com.google.protobuf.UnsafeByteOperations;
import dev.orrery.kubelet.process.RunningContainers;
import dev.orrery.kubelet.process.Session;
import dev.orrery.kubelet.process.SessionOutput;
import dev.orrery.proto.ExecEnd;
import dev.orrery.proto.ExecFrame;
import dev.orrery.proto.ExecStart;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;

/**
 * One command's frames. The next frame of input is asked for when the command has room for it, and
 * the command may print while the caller takes it.
 */
final class ExecCall implements StreamObserver<ExecFrame>, SessionOutput {

    private final RunningContainers containers;
    private final ServerCallStreamObserver<ExecFrame> call;
    private @Nullable Session session;
    private boolean attached;
    private boolean over;

    ExecCall(RunningContainers containers, ServerCallStreamObserver<ExecFrame> call) {
        this.containers = containers;
        this.call = call;
    }

    /** Called in the frame of the call, before its first message. */
    void begin() {
        call.disableAutoRequest();
        call.setOnReadyHandler(this::takesMore);
        call.setOnCancelHandler(this::close);
        call.request(1);
    }

    @Override
    public void onNext(ExecFrame frame) {
        boolean more = true;
        if (frame.hasStart()) {
            start(frame.getStart());
        } else if (session != null) {
            more = pass(session, frame);
        }
        if (more) {
            call.request(1);
        }
    }

    private void start(ExecStart start) {
        RunningContainers.Inside inside = containers.find(start.getContainerId());
        boolean nothing = start.getCommandCount() == 0 && !start.getAttach();
        if (inside == null || nothing || session != null) {
            refuse();
            return;
        }
        attached = start.getAttach();
        session =
                attached
                        ? inside.attach(start.getStdin(), this)
                        : inside.run(
                                start.getCommandList(), start.getStdin(), start.getTty(), this);
    }

    private synchronized void refuse() {
        if (!over) {
            over = true;
            call.onError(Status.NOT_FOUND.asRuntimeException());
        }
    }

    private boolean pass(Session to, ExecFrame frame) {
        return switch (frame.getFrameCase()) {
            case STDIN -> to.write(frame.getStdin().toByteArray(), () -> call.request(1));
            case END_OF_STDIN -> {
                to.endInput();
                yield true;
            }
            case SIZE -> {
                to.resize(frame.getSize().getColumns(), frame.getSize().getRows());
                yield true;
            }
            case START, STDOUT, STDERR, END, FRAME_NOT_SET -> true;
        };
    }

    private void takesMore() {
        Session current = session;
        if (current != null) {
            current.resume();
        }
    }

    @Override
    public boolean out(byte[] bytes) {
        return send(ExecFrame.newBuilder().setStdout(UnsafeByteOperations.unsafeWrap(bytes)));
    }

    @Override
    public boolean err(byte[] bytes) {
        return send(ExecFrame.newBuilder().setStderr(UnsafeByteOperations.unsafeWrap(bytes)));
    }

    @Override
    public void exited(int code) {
        end(ExecEnd.newBuilder().setExitCode(attached ? 0 : code)); // it is not for who listened
    }

    @Override
    public void failed(String why) {
        end(ExecEnd.newBuilder().setFailure(why));
    }

    private synchronized boolean send(ExecFrame.Builder frame) {
        if (over) {
            return true;
        }
        call.onNext(frame.build());
        return call.isReady();
    }

    private synchronized void end(ExecEnd.Builder end) {
        if (!over) {
            over = true;
            call.onNext(ExecFrame.newBuilder().setEnd(end).build());
            call.onCompleted();
        }
    }

    @Override
    public void onError(Throwable reason) {
        close();
    }

    @Override
    public void onCompleted() {
        Session current = session;
        if (current != null) {
            current.endInput();
        }
    }

    private synchronized void close() {
        over = true;
        if (session != null) {
            session.close();
        }
    }
}
