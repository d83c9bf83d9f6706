package dev.orrery.apiserver.edge;

import dev.orrery.apiserver.ApiServer;
import dev.orrery.machinery.store.grpc.Credentials;
import dev.orrery.proto.StoreGrpc;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The gRPC port: TLS, and nobody without a certificate of the cluster's own authority. */
public final class GrpcServer implements AutoCloseable {

    /** A body of 3 MiB, and what is around it. */
    private static final int MAX_MESSAGE_BYTES = 4 << 20;

    private static final int STOP_SECONDS = 1;

    private final Server server;

    private GrpcServer(Server server) {
        this.server = server;
    }

    public static GrpcServer start(
            InetSocketAddress address, Path pki, Supplier<@Nullable ApiServer> api)
            throws IOException {
        Server server =
                NettyServerBuilder.forAddress(address)
                        .sslContext(Credentials.of(pki, "apiserver").server())
                        .directExecutor()
                        .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                        .permitKeepAliveWithoutCalls(true)
                        .permitKeepAliveTime(5, TimeUnit.SECONDS)
                        .intercept(new CallerUser())
                        .addService(StoreGrpc.bindService(new GrpcEdge(api)))
                        .build();
        return new GrpcServer(server.start());
    }

    public int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        server.shutdown();
        try {
            if (!server.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                server.shutdownNow();
            }
        } catch (InterruptedException _) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
