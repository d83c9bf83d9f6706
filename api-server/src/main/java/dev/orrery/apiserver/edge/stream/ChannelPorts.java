package dev.orrery.apiserver.edge.stream;

import dev.orrery.apiserver.node.Connect;
import dev.orrery.apiserver.node.Tunnels;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * A client that reaches the ports that it names by {@code v4.channel.k8s.io}: the first has the
 * channels 0 for data and 1 for errors, the next 2 and 3. Each channel begins with the port's
 * number. In the client's event loop.
 */
public final class ChannelPorts implements Link.Receiver, ForwardingClient {

    /** The channels that a byte can number. */
    private static final int MOST_PORTS = 127;

    private final Link link;
    private final Executor loop;
    private final Connect.Ports pod;
    private final Tunnels tunnels;
    private final List<Integer> ports;
    private final List<ForwardedConnection> connections = new ArrayList<>();
    private int full;
    private int left;

    public ChannelPorts(
            Link link, Executor loop, Connect.Ports pod, Tunnels tunnels, List<Integer> ports) {
        this.link = link;
        this.loop = loop;
        this.pod = pod;
        this.tunnels = tunnels;
        this.ports = ports.stream().limit(MOST_PORTS).toList();
        this.left = this.ports.size();
    }

    public void begin() {
        link.begin(this);
        link.resume();
        for (int port : ports) {
            int data = connections.size() * 2;
            byte[] number = {(byte) port, (byte) (port >> 8)};
            write(data, number);
            write(data + 1, number);
            connections.add(new ForwardedConnection(this, loop, data, data + 1, pod, port));
        }
        connections.forEach(connection -> connection.open(tunnels));
    }

    @Override
    public void received(Buffer message) {
        int channel = message.length() == 0 ? 1 : message.getUnsignedByte(0);
        if (channel % 2 == 0 && channel / 2 < connections.size() && message.length() > 1) {
            connections.get(channel / 2).write(message.getBytes(1, message.length()));
        }
    }

    @Override
    public void drained() {
        connections.forEach(ForwardedConnection::drained);
    }

    @Override
    public void gone() {
        connections.forEach(ForwardedConnection::close);
    }

    @Override
    public void write(int stream, byte[] bytes) {
        link.write(Buffer.buffer(bytes.length + 1).appendByte((byte) stream).appendBytes(bytes));
    }

    @Override
    public void end(int stream) {
        // these channels have no end but that of all
    }

    @Override
    public boolean isFull() {
        return link.isFull();
    }

    @Override
    public void filled() {
        full++;
        link.pause();
    }

    @Override
    public void emptied() {
        full--;
        if (full == 0) {
            link.resume();
        }
    }

    @Override
    public void over(ForwardedConnection connection) {
        left--;
        if (left == 0) {
            link.close();
        }
    }
}
