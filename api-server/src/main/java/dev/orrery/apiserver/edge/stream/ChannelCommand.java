package dev.orrery.apiserver.edge.stream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.body.Trees;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A client that speaks {@code v5.channel.k8s.io} or one of those before it: each message begins
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
    private final Dialect dialect;
    private @Nullable Listener listener;

    /**
     * How the protocols differ.
     *
     * @param base64 a digit and base64, for clients that know text only
     * @param statusInJson the first of them send nothing at a good end, and mere words at a bad one
     */
    public record Dialect(boolean base64, boolean statusInJson) {

        /**
         * @param protocol null or empty where the client named none
         */
        public static Dialect of(@Nullable String protocol) {
            String name = protocol == null ? "" : protocol;
            return new Dialect(name.contains("base64."), name.matches("v[45]\\..*"));
        }
    }

    public ChannelCommand(Link link, Dialect dialect) {
        this.link = link;
        this.dialect = dialect;
    }

    @Override
    public void begin(Listener hears) {
        listener = hears;
        link.begin(this);
        write(STDOUT, new byte[0]); // tells that it is open
        hears.open();
    }

    @Override
    public void received(Buffer message) {
        Listener hears = listener;
        if (hears == null || message.length() == 0) {
            return;
        }
        byte[] content = content(message.getBytes(1, message.length()));
        int channel = message.getUnsignedByte(0);
        switch (dialect.base64() ? channel - '0' : channel) {
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

    private byte[] content(byte[] sent) {
        try {
            return dialect.base64() ? Base64.getDecoder().decode(sent) : sent;
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
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
        if (dialect.base64()) {
            link.write(
                    Buffer.buffer()
                            .appendByte((byte) ('0' + channel))
                            .appendBytes(Base64.getEncoder().encode(bytes)));
            return;
        }
        link.write(Buffer.buffer(bytes.length + 1).appendByte((byte) channel).appendBytes(bytes));
    }

    @Override
    public void finish(byte[] status) {
        if (dialect.statusInJson()) {
            write(STATUS, status);
        } else {
            JsonNode read = Trees.read(status);
            if (!read.path("status").asText().equals("Success")) {
                write(STATUS, read.path("message").asText().getBytes(StandardCharsets.UTF_8));
            }
        }
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
