package dev.orrery.kubelet.service;

import dev.orrery.kubelet.network.Splice;
import dev.orrery.kubelet.network.Uplink;
import dev.orrery.userland.Connection;
import dev.orrery.userland.file.Errno;
import dev.orrery.userland.network.Address;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The way out of the simulated network to the real api-server. In a cluster on one machine it
 * listens on the loopback, which no endpoint may name; then it goes by an address that leads
 * nowhere, and is found beside its port for the components.
 */
final class RealConnections implements Uplink {

    private static final String STANDS_FOR_LOOPBACK = "10.0.0.1";
    private static final int CONNECT_MILLIS = 5_000;

    private final NetClient client;
    private final String host;
    private final Executor executor;

    /**
     * @param host where the api-server listens
     */
    RealConnections(Vertx vertx, String host, Executor executor) {
        this.client =
                vertx.createNetClient(new NetClientOptions().setConnectTimeout(CONNECT_MILLIS));
        this.host = host;
        this.executor = executor;
    }

    @Override
    public @Nullable Connection connect(Address from, Address to) {
        Connection.Pair pair = Connection.pair(from, to);
        String real = to.host().equals(STANDS_FOR_LOOPBACK) ? host : to.host();
        client.connect(to.port(), real)
                .onSuccess(socket -> new Outside(socket, executor).begin(pair.server()))
                .onFailure(_ -> pair.fail(Errno.ECONNREFUSED));
        return pair.client();
    }

    /** A real connection. */
    private static final class Outside implements Splice.Far {

        private final NetSocket socket;
        private final Splice splice;

        Outside(NetSocket socket, Executor executor) {
            this.socket = socket;
            this.splice = new Splice(this, executor);
        }

        void begin(Connection near) {
            socket.handler(bytes -> {
                socket.pause();
                splice.received(bytes.getBytes());
            });
            socket.endHandler(_ -> splice.ended());
            socket.closeHandler(_ -> splice.ended());
            socket.exceptionHandler(_ -> splice.cut());
            socket.drainHandler(_ -> splice.wake());
            splice.join(near);
        }

        @Override
        public boolean isReady() {
            return !socket.writeQueueFull();
        }

        @Override
        public void send(byte[] bytes) {
            socket.write(Buffer.buffer(bytes));
        }

        @Override
        public void end() {
            socket.end();
        }

        @Override
        public void more() {
            socket.resume();
        }

        @Override
        public void over() {
            socket.close();
        }
    }
}
