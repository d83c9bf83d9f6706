package dev.orrery.apiserver.edge;

import dev.orrery.apiserver.answer.Outflow;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Sends what flows out as messages, as fast as the client takes them and no faster. All of it
 * happens in the connection's context.
 */
final class MessageSocket {

    /** What a piece of the flow becomes. */
    enum Form {
        /** A line of text: an event of a watch. */
        LINES,
        BYTES,
        BASE64
    }

    private final ServerWebSocket socket;
    private final Outflow lines;
    private final Form form;
    private final Context context;
    private boolean done;

    MessageSocket(ServerWebSocket socket, Outflow lines, Form form, Context context) {
        this.socket = socket;
        this.lines = lines;
        this.form = form;
        this.context = context;
    }

    void start() {
        socket.closeHandler(_ -> stop());
        socket.exceptionHandler(_ -> stop());
        socket.drainHandler(_ -> drain());
        lines.onReady(() -> context.runOnContext(_ -> drain()));
    }

    private void drain() {
        while (!done && !socket.writeQueueFull()) {
            byte[] line = lines.poll();
            if (line == null) {
                stop();
                socket.close();
                return;
            }
            if (line.length == 0) {
                return;
            }
            send(line);
        }
    }

    private void send(byte[] piece) {
        switch (form) {
            case LINES ->
                    socket.writeTextMessage(
                            new String(piece, StandardCharsets.UTF_8).stripTrailing());
            case BYTES -> socket.writeBinaryMessage(Buffer.buffer(piece));
            case BASE64 -> socket.writeTextMessage(Base64.getEncoder().encodeToString(piece));
        }
    }

    private void stop() {
        done = true;
        lines.close();
    }
}
