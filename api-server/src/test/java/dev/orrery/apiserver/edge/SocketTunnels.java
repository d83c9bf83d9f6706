package dev.orrery.apiserver.edge;

import dev.orrery.apiserver.node.NodeAgents.UnreachableException;
import dev.orrery.apiserver.node.Tunnel;
import dev.orrery.apiserver.node.Tunnels;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** Tunnels that are sockets, whatever the address. */
final class SocketTunnels implements Tunnels {

    private final Vertx vertx;
    final AtomicInteger open = new AtomicInteger();

    SocketTunnels(Vertx vertx) {
        this.vertx = vertx;
    }

    @Override
    public CompletionStage<Tunnel> open(Target target) {
        int port = ((Target.At) target).port();
        return vertx.createNetClient()
                .connect(port, "127.0.0.1")
                .<Tunnel>map(socket -> {
                    open.incrementAndGet();
                    socket.pause();
                    socket.closeHandler(_ -> open.decrementAndGet());
                    return new SocketTunnel(socket);
                })
                .recover(_ -> {
                    throw new UnreachableException("connect: connection refused");
                })
                .toCompletionStage();
    }

    private record SocketTunnel(NetSocket socket) implements Tunnel {

        @Override
        public void begin(Receiver receiver) {
            socket.handler(bytes -> receiver.data(bytes.getBytes()));
            socket.endHandler(_ -> receiver.ended());
            socket.exceptionHandler(e -> receiver.failed(String.valueOf(e.getMessage())));
            socket.resume();
        }

        @Override
        public boolean write(byte[] bytes) {
            socket.write(Buffer.buffer(bytes));
            return true;
        }

        @Override
        public void end() {
            socket.end();
        }

        @Override
        public void more() {
            // a socket brings what there is
        }

        @Override
        public void close() {
            socket.close();
        }
    }
}
