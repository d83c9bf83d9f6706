package dev.orrery.apiserver.edge.stream;

import dev.orrery.apiserver.node.Connect;
import dev.orrery.apiserver.node.NodeAgents.UnreachableException;
import dev.orrery.apiserver.node.Tunnel;
import dev.orrery.apiserver.node.Tunnels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** One connection to a port of a pod. In the client's event loop. */
final class ForwardedConnection implements Tunnel.Receiver {

    private final ForwardingClient client;
    private final Executor loop;
    private final int stream;
    private final int errors;
    private final Connect.Ports pod;
    private final int port;
    private final Deque<byte[]> early = new ArrayDeque<>();
    private @Nullable Tunnel tunnel;
    private boolean blocks;
    private boolean clientEnded;
    private boolean podEnded;
    private boolean over;
    private int owed;

    /**
     * @param stream for data
     * @param errors the stream for errors
     */
    ForwardedConnection(
            ForwardingClient client,
            Executor loop,
            int stream,
            int errors,
            Connect.Ports pod,
            int port) {
        this.client = client;
        this.loop = loop;
        this.stream = stream;
        this.errors = errors;
        this.pod = pod;
        this.port = port;
    }

    int stream() {
        return stream;
    }

    int errors() {
        return errors;
    }

    void open(Tunnels tunnels) {
        block(); // what is on its way already is kept; there is little of it
        tunnels.open(new Tunnels.Target.InPod(pod.node(), pod.podUid(), port))
                .whenComplete((opened, failure) -> loop.execute(() -> opened(opened, failure)));
    }

    private void opened(@Nullable Tunnel opened, @Nullable Throwable failure) {
        if (over) {
            if (opened != null) {
                opened.close();
            }
            return;
        }
        if (opened == null) {
            client.write(errors, refusal(failure).getBytes(StandardCharsets.UTF_8));
            finish();
            return;
        }
        tunnel = opened;
        opened.begin(this);
        unblock();
        early.forEach(this::write);
        early.clear();
        if (clientEnded) {
            opened.end();
        }
    }

    /** In the words of the usual container runtime. */
    private String refusal(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        String why =
                cause instanceof UnreachableException
                        ? String.valueOf(cause.getMessage())
                        : "connect: connection refused";
        return "error forwarding port "
                + port
                + " to pod "
                + pod.podUid()
                + ", uid : failed to execute portforward in network namespace \"/var/run/netns/cni-"
                + pod.podUid()
                + "\": failed to connect to localhost:"
                + port
                + " inside namespace \""
                + pod.podUid()
                + "\", IPv4: dial tcp4 127.0.0.1:"
                + port
                + ": "
                + why
                + " IPv6 dial tcp6: address localhost: no suitable address found ";
    }

    void write(byte[] bytes) {
        if (tunnel == null) {
            early.add(bytes);
        } else if (!tunnel.write(bytes)) {
            block();
        }
    }

    private void block() {
        if (!blocks) {
            blocks = true;
            client.filled();
        }
    }

    private void unblock() {
        if (blocks) {
            blocks = false;
            client.emptied();
        }
    }

    void end() {
        clientEnded = true;
        if (tunnel != null) {
            tunnel.end();
        }
        finishIfBothEnded();
    }

    /** The client can take more. */
    void drained() {
        while (tunnel != null && owed > 0 && !client.isFull()) {
            owed--;
            tunnel.more();
        }
    }

    @Override
    public void data(byte[] bytes) {
        loop.execute(() -> {
            if (!over) {
                client.write(stream, bytes);
                owed++;
                drained();
            }
        });
    }

    @Override
    public void ended() {
        loop.execute(() -> {
            if (!over && !podEnded) {
                podEnded = true;
                client.end(stream);
                finishIfBothEnded();
            }
        });
    }

    @Override
    public void ready() {
        loop.execute(this::unblock);
    }

    @Override
    public void failed(String why) {
        loop.execute(this::finish);
    }

    private void finishIfBothEnded() {
        if (clientEnded && podEnded) {
            finish();
        }
    }

    /** Tells the client that it is over. */
    private void finish() {
        if (!over) {
            if (!podEnded) {
                podEnded = true;
                client.end(stream);
            }
            client.end(errors);
            close();
        }
    }

    void close() {
        if (!over) {
            over = true;
            if (tunnel != null) {
                tunnel.close();
            }
            unblock();
            client.over(this);
        }
    }
}
