package dev.orrery.apiserver.edge.stream;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client's connection in a test's hands. */
final class RecordingLink implements Link {

    final List<Buffer> written = new ArrayList<>();
    boolean full;
    boolean paused = true;
    boolean closed;
    private @Nullable Receiver receiver;

    void client(byte... bytes) {
        if (receiver != null) {
            receiver.received(Buffer.buffer(bytes));
        }
    }

    void drain() {
        full = false;
        if (receiver != null) {
            receiver.drained();
        }
    }

    void leave() {
        if (receiver != null) {
            receiver.gone();
        }
    }

    @Override
    public void begin(Receiver listener) {
        receiver = listener;
    }

    @Override
    public void write(Buffer bytes) {
        written.add(bytes);
    }

    @Override
    public boolean isFull() {
        return full;
    }

    @Override
    public void pause() {
        paused = true;
    }

    @Override
    public void resume() {
        paused = false;
    }

    @Override
    public void close() {
        closed = true;
    }
}
