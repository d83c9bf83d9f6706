package dev.orrery.apiserver.edge.stream;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * A client that speaks {@code v4.channel.k8s.io} or {@code v5.channel.k8s.io}: each message begins
 * with the number of its channel.
 */
public final class ChannelCommand implements RemoteCommand, Link.Receiver {

    private static final int STDIN = 0;
    private static final int STDOUT = 1;
    private static final int STDERR = 2;
    private static final int STATUS = 3;
    private static final int RESIZE = 4;
    private static final int CLOSE = 255;

    private final Link link;
    private @Nullable Listener listener;

    public ChannelCommand(Link link) {
        this.link = link;
    }

    @Override
    public void begin(Listener hears) {
        listener = hears;
        link.begin(this);
        link.write(Buffer.buffer(new byte[] {STDOUT})); // tells that it is open
        hears.open();
    }

    @Override
    public void received(Buffer message) {
        Listener hears = listener;
        if (hears == null || message.length() == 0) {
            return;
        }
        byte[] content = message.getBytes(1, message.length());
        switch (message.getUnsignedByte(0)) {
            case STDIN -> hears.stdin(content);
            case RESIZE -> hears.resize(content);
            case CLOSE -> {
                if (content.length == 1 && content[0] == STDIN) {
                    hears.endOfStdin();
                }
            }
            default -> {} // a channel that a client has no business in
        }
    }

    @Override
    public void drained() {
        if (listener != null) {
            listener.drained();
        }
    }

    @Override
    public void gone() {
        if (listener != null) {
            listener.gone();
        }
    }

    @Override
    public void out(byte[] bytes) {
        write(STDOUT, bytes);
    }

    @Override
    public void err(byte[] bytes) {
        write(STDERR, bytes);
    }

    private void write(int channel, byte[] bytes) {
        link.write(Buffer.buffer(bytes.length + 1).appendByte((byte) channel).appendBytes(bytes));
    }

    @Override
    public void finish(byte[] status) {
        write(STATUS, status);
        link.close();
    }

    @Override
    public boolean isFull() {
        return link.isFull();
    }

    @Override
    public void pause() {
        link.pause();
    }

    @Override
    public void resume() {
        link.resume();
    }
}
