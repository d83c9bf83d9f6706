package dev.orrery.apiserver.edge;

import dev.orrery.apiserver.answer.Outflow;
import dev.orrery.apiserver.node.LogQuery;
import dev.orrery.apiserver.node.NodeAgents;
import dev.orrery.apiserver.node.Tunnel;
import dev.orrery.apiserver.node.Tunnels;
import dev.orrery.machinery.store.grpc.Credentials;
import dev.orrery.proto.DialStart;
import dev.orrery.proto.ExecFrame;
import dev.orrery.proto.ExecStart;
import dev.orrery.proto.LogsRequest;
import dev.orrery.proto.NodeAgentGrpc;
import dev.orrery.proto.Segment;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletionStage;

/** The nodes over one HTTP/2 connection to their process, which is made when it is first used. */
public final class NodeChannel implements NodeAgents, Tunnels, AutoCloseable {

    private final ManagedChannel channel;
    private final NodeAgentGrpc.NodeAgentStub stub;

    /**
     * @param address {@code host:port}
     */
    public NodeChannel(String address, Path pki) {
        this.channel =
                NettyChannelBuilder.forTarget(address)
                        .sslContext(Credentials.of(pki, "apiserver").client())
                        .directExecutor()
                        .build();
        this.stub = NodeAgentGrpc.newStub(channel);
    }

    @Override
    public CompletionStage<Outflow> logs(LogQuery query) {
        hurry();
        NodeLogs answer = new NodeLogs(query.containerId());
        stub.logs(request(query), answer);
        return answer.begun();
    }

    /** Begins a command; its frames go both ways by way of the observer. */
    void exec(ExecStart start, ClientResponseObserver<ExecFrame, ExecFrame> observer) {
        StreamObserver<ExecFrame> node = stub.exec(observer);
        node.onNext(ExecFrame.newBuilder().setStart(start).build());
    }

    @Override
    public CompletionStage<Tunnel> open(Target target) {
        hurry();
        NodeTunnel tunnel = new NodeTunnel();
        StreamObserver<Segment> node = stub.dial(tunnel);
        node.onNext(Segment.newBuilder().setStart(start(target)).build());
        return tunnel.opened();
    }

    private static DialStart start(Target target) {
        DialStart.Builder start = DialStart.newBuilder();
        switch (target) {
            case Target.At(String address, int port) -> start.setAddress(address).setPort(port);
            case Target.InPod(String uid, int port) -> start.setPodUid(uid).setPort(port);
            case Target.Kubelet(String node) -> start.setNode(node);
        }
        return start.build();
    }

    /** A client asks now, not when a back-off is over. */
    private void hurry() {
        if (channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
            channel.resetConnectBackoff();
        }
    }

    private static LogsRequest request(LogQuery query) {
        LogsRequest.Builder request =
                LogsRequest.newBuilder()
                        .setPodUid(query.podUid())
                        .setContainerId(query.containerId())
                        .setFollow(query.follow())
                        .setTimestamps(query.timestamps())
                        .setSinceEpochNanos(ChronoUnit.NANOS.between(Instant.EPOCH, query.since()))
                        .setLimitBytes(query.limitBytes());
        if (query.tailLines() != LogQuery.ALL) {
            request.setTailLines(query.tailLines());
        }
        return request.build();
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
