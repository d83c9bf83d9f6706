package dev.orrery.kubelet.agent;

import com.google.protobuf.UnsafeByteOperations;
import dev.orrery.kubelet.output.ContainerLog;
import dev.orrery.kubelet.output.LogQuery;
import dev.orrery.kubelet.output.LogReader;
import dev.orrery.proto.LogsChunk;
import io.grpc.stub.ServerCallStreamObserver;

/** Sends a log as fast as the caller takes it; what it has not taken stays in the log. */
final class LogSender {

    private final ServerCallStreamObserver<LogsChunk> call;
    private final LogReader reader;
    private boolean over;

    LogSender(ServerCallStreamObserver<LogsChunk> call, ContainerLog log, LogQuery query) {
        this.call = call;
        this.reader = new LogReader(log, query, this::send);
    }

    void start() {
        call.setOnCancelHandler(this::cancelled);
        call.setOnReadyHandler(this::send);
        call.onNext(LogsChunk.getDefaultInstance()); // found, whether or not there is anything
        send();
    }

    private synchronized void send() {
        while (!over && call.isReady()) {
            byte[] bytes = reader.poll();
            if (bytes == null) {
                over = true;
                reader.close();
                call.onCompleted();
            } else if (bytes.length == 0) {
                return;
            } else {
                call.onNext(
                        LogsChunk.newBuilder()
                                .setData(UnsafeByteOperations.unsafeWrap(bytes))
                                .build());
            }
        }
    }

    private synchronized void cancelled() {
        over = true;
        reader.close();
    }
}
