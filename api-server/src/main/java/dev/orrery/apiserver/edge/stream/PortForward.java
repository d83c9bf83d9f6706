package dev.orrery.apiserver.edge.stream;

import dev.orrery.apiserver.node.Connect;
import dev.orrery.apiserver.node.Tunnels;
import io.netty.handler.codec.spdy.SpdyHeaders;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A client that reaches ports of a pod: for each of its connections it opens a stream for errors
 * and one for data, which belong together by their request id. While one of them is full none is
 * read, as nobody keeps windows here. In the client's event loop.
 */
public final class PortForward implements SpdySession.Streams, ForwardingClient {

    private static final int LAST_PORT = 65_535;

    private final SpdySession session;
    private final Executor loop;
    private final Connect.Ports pod;
    private final Tunnels tunnels;
    private final Map<String, Integer> errorStreams = new HashMap<>();
    private final Map<Integer, ForwardedConnection> connections = new HashMap<>();
    private int full;

    public PortForward(Link link, Executor loop, Connect.Ports pod, Tunnels tunnels) {
        this.session = new SpdySession(link, this);
        this.loop = loop;
        this.pod = pod;
        this.tunnels = tunnels;
    }

    public void begin() {
        session.begin();
        session.resume();
    }

    @Override
    public void opened(int stream, SpdyHeaders headers) {
        String type = String.valueOf(headers.getAsString("streamtype"));
        String request = String.valueOf(headers.getAsString("requestid"));
        int port = port(headers.getAsString("port"));
        Integer errors = errorStreams.get(request);
        boolean fits =
                type.equals("error") ? errors == null : type.equals("data") && errors != null;
        if (!fits || port == 0) {
            session.refuse(stream);
            return;
        }
        session.accept(stream);
        if (errors == null) {
            errorStreams.put(request, stream);
            return;
        }
        errorStreams.remove(request);
        ForwardedConnection connection =
                new ForwardedConnection(this, loop, stream, errors, pod, port);
        connections.put(stream, connection);
        connection.open(tunnels);
    }

    private static int port(@Nullable String text) {
        boolean number = text != null && text.matches("\\d{1,5}");
        int port = number ? Integer.parseInt(text) : 0;
        return port <= LAST_PORT ? port : 0;
    }

    @Override
    public void write(int stream, byte[] bytes) {
        session.write(stream, bytes);
    }

    @Override
    public void end(int stream) {
        session.end(stream);
    }

    @Override
    public boolean isFull() {
        return session.isFull();
    }

    @Override
    public void filled() {
        full++;
        session.pause();
    }

    @Override
    public void emptied() {
        full--;
        if (full == 0) {
            session.resume();
        }
    }

    @Override
    public void over(ForwardedConnection connection) {
        connections.remove(connection.stream());
        session.forget(connection.stream());
        session.forget(connection.errors());
    }

    @Override
    public void data(int stream, byte[] bytes) {
        ForwardedConnection connection = connections.get(stream);
        if (connection != null) {
            connection.write(bytes);
        }
    }

    @Override
    public void ended(int stream) {
        ForwardedConnection connection = connections.get(stream);
        if (connection != null) {
            connection.end();
        }
    }

    @Override
    public void reset(int stream) {
        ForwardedConnection connection = connections.get(stream);
        if (connection != null) {
            connection.close();
        }
    }

    @Override
    public void drained() {
        for (ForwardedConnection connection : connections.values()) {
            connection.drained();
        }
    }

    @Override
    public void gone() {
        for (ForwardedConnection connection : Map.copyOf(connections).values()) {
            connection.close();
        }
    }
}
