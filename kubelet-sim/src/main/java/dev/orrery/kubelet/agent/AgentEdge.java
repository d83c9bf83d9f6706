package dev.orrery.kubelet.agent;

import dev.orrery.kubelet.output.ContainerLog;
import dev.orrery.kubelet.output.LogQuery;
import dev.orrery.proto.ExecFrame;
import dev.orrery.proto.LogsChunk;
import dev.orrery.proto.LogsRequest;
import dev.orrery.proto.NodeAgentGrpc;
import dev.orrery.proto.NodeUsage;
import dev.orrery.proto.Segment;
import dev.orrery.proto.UsageRequest;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Instant;

/** An api-server's calls to the nodes and back, on the channel's threads: nothing here waits. */
final class AgentEdge implements NodeAgentGrpc.AsyncService {

    private static final long NANOS = 1_000_000_000;

    private final Insides insides;
    private final Dials dials;
    private final UsageSender usages;

    AgentEdge(Insides insides) {
        this.insides = insides;
        this.dials = new Dials(insides.fabric(), insides.kubelets());
        this.usages = new UsageSender(insides.usages());
    }

    @Override
    public void logs(LogsRequest request, StreamObserver<LogsChunk> observer) {
        ContainerLog log = insides.logs().find(request.getPodUid(), request.getContainerId());
        if (log == null) {
            observer.onError(Status.NOT_FOUND.asRuntimeException());
            return;
        }
        new LogSender((ServerCallStreamObserver<LogsChunk>) observer, log, query(request)).start();
    }

    @Override
    public StreamObserver<ExecFrame> exec(StreamObserver<ExecFrame> observer) {
        ExecCall call =
                new ExecCall(insides.containers(), (ServerCallStreamObserver<ExecFrame>) observer);
        call.begin();
        return call;
    }

    @Override
    public StreamObserver<Segment> dial(StreamObserver<Segment> observer) {
        DialCall call =
                new DialCall(
                        dials, insides.executor(), (ServerCallStreamObserver<Segment>) observer);
        call.begin();
        return call;
    }

    @Override
    public void usage(UsageRequest request, StreamObserver<NodeUsage> observer) {
        usages.send(request, observer);
    }

    private static LogQuery query(LogsRequest request) {
        long since = request.getSinceEpochNanos();
        return new LogQuery(
                request.getFollow(),
                request.getTimestamps(),
                request.hasTailLines() ? request.getTailLines() : LogQuery.ALL,
                Instant.ofEpochSecond(since / NANOS, since % NANOS),
                request.getLimitBytes() == 0 ? LogQuery.ALL : request.getLimitBytes());
    }
}
