package dev.orrery.apiserver.edge.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.proto.ExecFrame;
import dev.orrery.proto.TerminalSize;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Joins a client to a command on a node. Neither side is read while the other is full. All of it
 * happens in the client's event loop.
 */
public final class CommandCall
        implements ClientResponseObserver<ExecFrame, ExecFrame>, RemoteCommand.Listener {

    private static final int FRAMES_AHEAD = 4;

    private final RemoteCommand client;
    private final Executor loop;
    private final Consumer<CommandCall> start;
    private @Nullable ClientCallStreamObserver<ExecFrame> call;
    private int taken;
    private boolean over;

    /**
     * @param start begins the call to the node
     */
    public CommandCall(RemoteCommand client, Executor loop, Consumer<CommandCall> start) {
        this.client = client;
        this.loop = loop;
        this.start = start;
    }

    public void begin() {
        client.begin(this);
    }

    @Override
    public void open() {
        start.accept(this);
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<ExecFrame> started) {
        call = started;
        started.disableAutoRequestWithInitial(FRAMES_AHEAD);
        started.setOnReadyHandler(() -> loop.execute(this::resume));
    }

    private void resume() {
        if (!over) {
            client.resume();
        }
    }

    private void send(ExecFrame.Builder frame) {
        ClientCallStreamObserver<ExecFrame> node = call;
        if (over || node == null) {
            return;
        }
        node.onNext(frame.build());
        if (!node.isReady()) {
            client.pause();
        }
    }

    @Override
    public void stdin(byte[] bytes) {
        send(ExecFrame.newBuilder().setStdin(ByteString.copyFrom(bytes)));
    }

    @Override
    public void endOfStdin() {
        send(ExecFrame.newBuilder().setEndOfStdin(true));
    }

    @Override
    public void resize(byte[] size) {
        try {
            JsonNode read = Trees.read(size);
            send(
                    ExecFrame.newBuilder()
                            .setSize(
                                    TerminalSize.newBuilder()
                                            .setColumns(read.path("Width").asInt())
                                            .setRows(read.path("Height").asInt())));
        } catch (RuntimeException _) {
            // as Kubernetes does: a size that cannot be read is none
        }
    }

    @Override
    public void drained() {
        more();
    }

    @Override
    public void onNext(ExecFrame frame) {
        loop.execute(() -> deliver(frame));
    }

    private void deliver(ExecFrame frame) {
        if (over) {
            return;
        }
        switch (frame.getFrameCase()) {
            case STDOUT -> client.out(frame.getStdout().toByteArray());
            case STDERR -> client.err(frame.getStderr().toByteArray());
            case END -> end(Outcome.of(frame.getEnd()));
            case START, STDIN, END_OF_STDIN, SIZE, FRAME_NOT_SET -> {}
        }
        taken++;
        more();
    }

    /** The node may send again once the client has taken what there was. */
    private void more() {
        if (call != null && !over && taken > 0 && !client.isFull()) {
            call.request(taken);
            taken = 0;
        }
    }

    private void end(JsonNode status) {
        if (!over) {
            over = true;
            client.finish(status.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public void onError(Throwable reason) {
        loop.execute(
                () -> end(Outcome.failed("unable to upgrade connection: container not found")));
    }

    @Override
    public void onCompleted() {
        // the end has come as a frame
    }

    @Override
    public void gone() {
        if (!over) {
            over = true;
            if (call != null) {
                call.cancel("the client has gone", null);
            }
        }
    }
}
