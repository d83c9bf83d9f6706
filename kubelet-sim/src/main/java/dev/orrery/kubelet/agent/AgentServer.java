package dev.orrery.kubelet.agent;

import dev.orrery.machinery.store.grpc.Credentials;
import dev.orrery.proto.NodeAgentGrpc;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The nodes' own port: TLS, and nobody but an api-server of this cluster. */
public final class AgentServer implements AutoCloseable {

    private static final int STOP_SECONDS = 1;

    private final Server server;

    private AgentServer(Server server) {
        this.server = server;
    }

    public static AgentServer start(InetSocketAddress address, Path pki, Insides insides)
            throws IOException {
        Server server =
                NettyServerBuilder.forAddress(address)
                        .sslContext(Credentials.of(pki, "kubelet-sim").server())
                        .directExecutor()
                        .permitKeepAliveWithoutCalls(true)
                        .permitKeepAliveTime(5, TimeUnit.SECONDS)
                        .intercept(new ApiServersOnly())
                        .addService(NodeAgentGrpc.bindService(new AgentEdge(insides)))
                        .build();
        return new AgentServer(server.start());
    }

    @Override
    public void close() {
        server.shutdownNow();
        try {
            server.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
