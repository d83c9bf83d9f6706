package dev.orrery.apiserver.edge.stream;

import io.netty.handler.codec.spdy.SpdyHeaders;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A client that speaks {@code v4.channel.k8s.io} over SPDY: it opens a stream for each of those
 * that it asked for, and one for the outcome.
 */
public final class SpdyCommand implements RemoteCommand, SpdySession.Streams {

    private static final String OUTCOME = "error";

    private final SpdySession session;
    private final Set<String> missing;
    private final Map<String, Integer> byType = new HashMap<>();
    private final Map<Integer, String> byId = new HashMap<>();
    private @Nullable Listener listener;

    public SpdyCommand(Link link, boolean stdin, boolean stdout, boolean stderr, boolean tty) {
        this.session = new SpdySession(link, this);
        this.missing = new HashSet<>(Set.of(OUTCOME));
        expect("stdin", stdin);
        expect("stdout", stdout);
        expect("stderr", stderr && !tty);
        expect("resize", tty);
    }

    private void expect(String type, boolean asked) {
        if (asked) {
            missing.add(type);
        }
    }

    @Override
    public void begin(Listener hears) {
        listener = hears;
        session.begin();
        session.resume(); // until the streams are there, and then as the command can take it
    }

    @Override
    public void opened(int stream, SpdyHeaders headers) {
        String type = String.valueOf(headers.getAsString("streamtype"));
        if (!missing.remove(type)) {
            session.refuse(stream);
            return;
        }
        byType.put(type, stream);
        byId.put(stream, type);
        session.accept(stream);
        if (missing.isEmpty() && listener != null) {
            session.pause();
            listener.open();
        }
    }

    @Override
    public void data(int stream, byte[] bytes) {
        if (listener == null) {
            return;
        }
        switch (byId.getOrDefault(stream, "")) {
            case "stdin" -> listener.stdin(bytes);
            case "resize" -> listener.resize(bytes);
            default -> {} // a stream that only we write
        }
    }

    @Override
    public void ended(int stream) {
        if (listener != null && "stdin".equals(byId.get(stream))) {
            listener.endOfStdin();
        }
    }

    @Override
    public void reset(int stream) {
        String type = byId.remove(stream);
        if (type != null) {
            byType.remove(type);
            ended(stream);
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
        write("stdout", bytes);
    }

    @Override
    public void err(byte[] bytes) {
        write("stderr", bytes);
    }

    private void write(String type, byte[] bytes) {
        Integer stream = byType.get(type);
        if (stream != null) {
            session.write(stream, bytes);
        }
    }

    @Override
    public void finish(byte[] status) {
        write(OUTCOME, status);
        byType.values().forEach(session::end);
        session.close();
    }

    @Override
    public boolean isFull() {
        return session.isFull();
    }

    @Override
    public void pause() {
        session.pause();
    }

    @Override
    public void resume() {
        session.resume();
    }
}
