package dev.orrery.apiserver.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.proto.ExecEnd;
import dev.orrery.proto.ExecFrame;
import dev.orrery.proto.TerminalSize;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Joins a client's WebSocket to a node's command. Each message begins with the number of its
 * channel. Neither side is read while the other is full. All of it happens in the connection's
 * context.
 */
final class ExecSocket implements ClientResponseObserver<ExecFrame, ExecFrame> {

    private static final int STDIN = 0;
    private static final int STDOUT = 1;
    private static final int STDERR = 2;
    private static final int STATUS = 3;
    private static final int RESIZE = 4;
    private static final int CLOSE = 255;
    private static final int FRAMES_AHEAD = 4;

    private final ServerWebSocket socket;
    private final Context context;
    private @Nullable ClientCallStreamObserver<ExecFrame> call;
    private boolean over;

    ExecSocket(ServerWebSocket socket, Context context) {
        this.socket = socket;
        this.context = context;
    }

    /** Before the call to the node begins. */
    void begin() {
        socket.pause();
        socket.binaryMessageHandler(this::received);
        socket.exceptionHandler(_ -> gone());
        socket.closeHandler(_ -> gone());
        socket.drainHandler(_ -> more());
        socket.writeBinaryMessage(Buffer.buffer(new byte[] {STDOUT})); // tells that it is open
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<ExecFrame> started) {
        call = started;
        started.disableAutoRequestWithInitial(FRAMES_AHEAD);
        started.setOnReadyHandler(() -> context.runOnContext(_ -> resume()));
    }

    private void resume() {
        if (!over) {
            socket.resume();
        }
    }

    private void received(Buffer message) {
        ClientCallStreamObserver<ExecFrame> node = call;
        if (over || node == null || message.length() == 0) {
            return;
        }
        Buffer content = message.slice(1, message.length());
        switch (message.getUnsignedByte(0)) {
            case STDIN ->
                    node.onNext(
                            ExecFrame.newBuilder()
                                    .setStdin(ByteString.copyFrom(content.getBytes()))
                                    .build());
            case RESIZE -> resize(node, content);
            case CLOSE -> {
                if (content.length() == 1 && content.getUnsignedByte(0) == STDIN) {
                    node.onNext(ExecFrame.newBuilder().setEndOfStdin(true).build());
                }
            }
            default -> {} // a channel that a client has no business in
        }
        if (!node.isReady()) {
            socket.pause();
        }
    }

    private static void resize(ClientCallStreamObserver<ExecFrame> node, Buffer content) {
        try {
            JsonNode size = Trees.read(content.getBytes());
            node.onNext(
                    ExecFrame.newBuilder()
                            .setSize(
                                    TerminalSize.newBuilder()
                                            .setColumns(size.path("Width").asInt())
                                            .setRows(size.path("Height").asInt()))
                            .build());
        } catch (RuntimeException _) {
            // as Kubernetes does: a size that cannot be read is none
        }
    }

    @Override
    public void onNext(ExecFrame frame) {
        context.runOnContext(_ -> deliver(frame));
    }

    private void deliver(ExecFrame frame) {
        switch (frame.getFrameCase()) {
            case STDOUT -> write(STDOUT, frame.getStdout().toByteArray());
            case STDERR -> write(STDERR, frame.getStderr().toByteArray());
            case END -> end(status(frame.getEnd()));
            case START, STDIN, END_OF_STDIN, SIZE, FRAME_NOT_SET -> {}
        }
        more();
    }

    /** The node may send again once the client has taken what there was. */
    private void more() {
        if (call != null && !over && !socket.writeQueueFull()) {
            call.request(1);
        }
    }

    private void write(int channel, byte[] bytes) {
        if (!over) {
            socket.writeBinaryMessage(
                    Buffer.buffer(bytes.length + 1).appendByte((byte) channel).appendBytes(bytes));
        }
    }

    private void end(ObjectNode status) {
        if (!over) {
            write(STATUS, status.toString().getBytes(StandardCharsets.UTF_8));
            over = true;
            socket.close();
        }
    }

    private static ObjectNode status(ExecEnd end) {
        ObjectNode status = Trees.object();
        status.putObject("metadata");
        if (!end.getFailure().isEmpty()) {
            return failed(status, end.getFailure());
        }
        if (end.getExitCode() == 0) {
            return status.put("status", "Success");
        }
        status.put("status", "Failure")
                .put(
                        "message",
                        "command terminated with non-zero exit code: exit code "
                                + end.getExitCode())
                .put("reason", "NonZeroExitCode");
        status.putObject("details")
                .putArray("causes")
                .addObject()
                .put("reason", "ExitCode")
                .put("message", Integer.toString(end.getExitCode()));
        return status;
    }

    private static ObjectNode failed(ObjectNode status, String why) {
        String message = "Internal error occurred: " + why;
        status.put("status", "Failure").put("message", message).put("reason", "InternalError");
        status.putObject("details").putArray("causes").addObject().put("message", why);
        return status.put("code", 500);
    }

    @Override
    public void onError(Throwable reason) {
        context.runOnContext(_ ->
                end(failed(Trees.object(), "unable to upgrade connection: container not found")));
    }

    @Override
    public void onCompleted() {
        // the end has come as a frame
    }

    private void gone() {
        if (!over) {
            over = true;
            if (call != null) {
                call.cancel("the client has gone", null);
            }
        }
    }
}
