package dev.orrery.apiserver.edge;

import dev.orrery.apiserver.answer.Outflow;
import dev.orrery.apiserver.node.AgentAddresses;
import dev.orrery.apiserver.node.LogQuery;
import dev.orrery.apiserver.node.NodeAgents;
import dev.orrery.apiserver.node.NodeUsage;
import dev.orrery.apiserver.node.NodeUsages;
import dev.orrery.apiserver.node.Tunnel;
import dev.orrery.apiserver.node.Tunnels;
import dev.orrery.proto.DialStart;
import dev.orrery.proto.ExecFrame;
import dev.orrery.proto.ExecStart;
import dev.orrery.proto.LogsRequest;
import dev.orrery.proto.NodeAgentGrpc;
import dev.orrery.proto.Segment;
import dev.orrery.proto.UsageRequest;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The nodes by way of the processes that they live in. */
public final class NodeChannel implements NodeAgents, NodeUsages, Tunnels, AutoCloseable {

    /** Longer than any process of nodes takes; a client waits. */
    private static final long USAGE_SECONDS = 5;

    private final NodeChannels channels;
    private final AgentAddresses addresses;

    public NodeChannel(AgentAddresses addresses, Path pki) {
        this.channels = new NodeChannels(pki);
        this.addresses = addresses;
    }

    @Override
    public CompletionStage<Outflow> logs(String node, LogQuery query) {
        NodeLogs answer = new NodeLogs(query.containerId());
        agent(node).logs(request(query), answer);
        return answer.begun();
    }

    @Override
    public CompletionStage<List<NodeUsage>> of(String namespace) {
        UsageRequest request = UsageRequest.newBuilder().setNamespace(namespace).build();
        CompletionStage<List<NodeUsage>> all = CompletableFuture.completedFuture(List.of());
        for (String address : addresses.all()) {
            UsageAnswer answer = new UsageAnswer();
            NodeAgentGrpc.newStub(channels.to(address))
                    .withDeadlineAfter(USAGE_SECONDS, TimeUnit.SECONDS)
                    .usage(request, answer);
            all = all.thenCombine(answer.whole(), NodeChannel::joined);
        }
        return all;
    }

    private static List<NodeUsage> joined(List<NodeUsage> some, List<NodeUsage> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    /** Begins a command; its frames go both ways by way of the observer. */
    void exec(String node, ExecStart start, ClientResponseObserver<ExecFrame, ExecFrame> observer) {
        StreamObserver<ExecFrame> frames = agent(node).exec(observer);
        frames.onNext(ExecFrame.newBuilder().setStart(start).build());
    }

    private NodeAgentGrpc.NodeAgentStub agent(String node) {
        return NodeAgentGrpc.newStub(channels.to(addresses.of(node)));
    }

    @Override
    public CompletionStage<Tunnel> open(Target target) {
        NodeTunnel tunnel = new NodeTunnel();
        StreamObserver<Segment> segments = agent(target.node()).dial(tunnel);
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
