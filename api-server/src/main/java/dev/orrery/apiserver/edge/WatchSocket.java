package dev.orrery.apiserver.edge;

import dev.orrery.apiserver.answer.Outflow;
import io.vertx.core.Context;
import io.vertx.core.http.ServerWebSocket;
import java.nio.charset.StandardCharsets;

/**
 * Sends the events of a watch as messages, as fast as the client takes them and no faster. All of
 * it happens in the connection's context.
 */
final class WatchSocket {

    private final ServerWebSocket socket;
    private final Outflow lines;
    private final Context context;
    private boolean done;

    WatchSocket(ServerWebSocket socket, Outflow lines, Context context) {
        this.socket = socket;
        this.lines = lines;
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
            socket.writeTextMessage(new String(line, StandardCharsets.UTF_8).stripTrailing());
        }
    }

    private void stop() {
        done = true;
        lines.close();
    }
}
