package dev.orrery.apiserver.edge.stream;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;

/** Messages of a WebSocket; some clients send text where they could send bytes. */
public final class WebSocketLink implements Link {

    private final ServerWebSocket socket;
    private final boolean text;

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
    }

    @Override
    public void write(Buffer bytes) {
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
        return socket.writeQueueFull();
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
        if (!socket.isClosed()) {
            socket.resume(); // to hear the client's own farewell
            socket.close();
        }
    }
}
