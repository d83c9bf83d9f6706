package dev.orrery.apiserver.edge;

import dev.orrery.apiserver.answer.Outflow;
import dev.orrery.apiserver.node.LogQuery;
import dev.orrery.apiserver.node.NodeAgents;
import dev.orrery.apiserver.node.Tunnel;
import dev.orrery.apiserver.node.Tunnels;
import dev.orrery.proto.DialStart;
import dev.orrery.proto.ExecFrame;
import dev.orrery.proto.ExecStart;
import dev.orrery.proto.LogsRequest;
import dev.orrery.proto.NodeAgentGrpc;
import dev.orrery.proto.Segment;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** The nodes by way of the processes that they live in. */
public final class NodeChannel implements NodeAgents, Tunnels, AutoCloseable {

    private final NodeChannels channels;
    private final UnaryOperator<String> addresses;

    /**
     * @param addresses {@code host:port} of the process that a node lives in, by the node's name
     */
    public NodeChannel(UnaryOperator<String> addresses, Path pki) {
        this.channels = new NodeChannels(pki);
        this.addresses = addresses;
    }

    @Override
    public CompletionStage<Outflow> logs(String node, LogQuery query) {
        NodeLogs answer = new NodeLogs(query.containerId());
        of(node).logs(request(query), answer);
        return answer.begun();
    }

    /** Begins a command; its frames go both ways by way of the observer. */
    void exec(String node, ExecStart start, ClientResponseObserver<ExecFrame, ExecFrame> observer) {
        StreamObserver<ExecFrame> frames = of(node).exec(observer);
        frames.onNext(ExecFrame.newBuilder().setStart(start).build());
    }

    private NodeAgentGrpc.NodeAgentStub of(String node) {
        return NodeAgentGrpc.newStub(channels.to(addresses.apply(node)));
    }

    @Override
    public CompletionStage<Tunnel> open(Target target) {
        NodeTunnel tunnel = new NodeTunnel();
        StreamObserver<Segment> segments = of(target.node()).dial(tunnel);
        segments.onNext(Segment.newBuilder().setStart(start(target)).build());
        return tunnel.opened();
    }

    private static DialStart start(Target target) {
        DialStart.Builder start = DialStart.newBuilder();
        switch (target) {
            case Target.At(String _, String address, int port) ->
                    start.setAddress(address).setPort(port);
            case Target.InPod(String _, String uid, int port) -> start.setPodUid(uid).setPort(port);
            case Target.Kubelet(String node) -> start.setNode(node);
        }
        return start.build();
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
        channels.close();
    }
}
