package dev.orrery.apiserver.edge;

import dev.orrery.apiserver.ApiServer;
import dev.orrery.proto.StoreGrpc;
import io.grpc.Server;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyServerBuilder;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
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
                        .sslContext(tls(pki))
                        .directExecutor()
                        .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                        .permitKeepAliveWithoutCalls(true)
                        .permitKeepAliveTime(5, TimeUnit.SECONDS)
                        .intercept(new CallerUser())
                        .addService(StoreGrpc.bindService(new GrpcEdge(api)))
                        .build();
        return new GrpcServer(server.start());
    }

    private static SslContext tls(Path pki) throws IOException {
        SslContextBuilder builder =
                SslContextBuilder.forServer(
                                pki.resolve("apiserver.crt").toFile(),
                                pki.resolve("apiserver.key").toFile())
                        .trustManager(pki.resolve("ca.crt").toFile())
                        .clientAuth(ClientAuth.REQUIRE);
        return GrpcSslContexts.configure(builder, SslProvider.JDK).build();
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
