package dev.orrery.kubelet.agent;

import dev.orrery.kubelet.output.ContainerLog;
import dev.orrery.kubelet.output.ContainerLogs;
import dev.orrery.kubelet.output.LogQuery;
import dev.orrery.proto.LogsChunk;
import dev.orrery.proto.LogsRequest;
import dev.orrery.proto.NodeAgentGrpc;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Instant;

/** An api-server's calls to the nodes and back, on the channel's threads: nothing here waits. */
final class AgentEdge implements NodeAgentGrpc.AsyncService {

    private static final long NANOS = 1_000_000_000;

    private final ContainerLogs logs;

    AgentEdge(ContainerLogs logs) {
        this.logs = logs;
    }

    @Override
    public void logs(LogsRequest request, StreamObserver<LogsChunk> observer) {
        ContainerLog log = logs.find(request.getPodUid(), request.getContainerId());
        if (log == null) {
            observer.onError(Status.NOT_FOUND.asRuntimeException());
            return;
        }
        new LogSender((ServerCallStreamObserver<LogsChunk>) observer, log, query(request)).start();
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
