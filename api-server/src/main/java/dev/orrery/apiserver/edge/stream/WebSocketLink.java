package dev.orrery.apiserver.edge.stream;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * Messages of a WebSocket; some clients send text where they could send bytes.
 *
 * <p>What is written waits for the client's answer to a ping. kubectl before 1.34 reads its
 * connection while it still makes its streams, and throws away what comes for a stream that is not
 * there yet; it has them by the time that its answer has come here.
 */
public final class WebSocketLink implements Link {

    private final ServerWebSocket socket;
    private final boolean text;
    private final List<Buffer> held = new ArrayList<>();
    private boolean listening;
    private boolean ending;

    public WebSocketLink(ServerWebSocket socket) {
        this(socket, false);
    }

    /**
     * @param text whether the client takes text only
     */
    public WebSocketLink(ServerWebSocket socket, boolean text) {
        this.socket = socket;
        this.text = text;
    }

    @Override
    public void begin(Receiver receiver) {
        socket.pause();
        socket.binaryMessageHandler(receiver::received);
        socket.textMessageHandler(text -> receiver.received(Buffer.buffer(text)));
        socket.exceptionHandler(_ -> receiver.gone());
        socket.closeHandler(_ -> receiver.gone());
        socket.drainHandler(_ -> receiver.drained());
        socket.pongHandler(_ -> listens(receiver));
        socket.writePing(Buffer.buffer());
    }

    private void listens(Receiver receiver) {
        if (listening) {
            return;
        }
        listening = true;
        held.forEach(this::send);
        held.clear();
        if (ending) {
            close();
        } else {
            receiver.drained();
        }
    }

    @Override
    public void write(Buffer bytes) {
        if (listening) {
            send(bytes);
        } else {
            held.add(bytes); // no more than come while it counts as full
        }
    }

    private void send(Buffer bytes) {
        if (socket.isClosed()) {
            return;
        }
        if (text) {
            socket.writeTextMessage(bytes.toString());
        } else {
            socket.writeBinaryMessage(bytes);
        }
    }

    @Override
    public boolean isFull() {
        return !listening || socket.writeQueueFull();
    }

    @Override
    public void pause() {
        socket.pause();
    }

    @Override
    public void resume() {
        socket.resume();
    }

    @Override
    public void close() {
        ending = true;
        if (listening && !socket.isClosed()) {
            socket.resume(); // to hear the client's own farewell
            socket.close();
        }
    }
}
