package dev.orrery.apiserver.store;

import dev.orrery.machinery.log.ClusterLog;
import dev.orrery.machinery.log.Entry;
import dev.orrery.machinery.log.LogUnavailableException;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Loses acknowledgements, and entries, now and then: the writer learns that it may have happened.
 */
record FaultyLog(ClusterLog log, Random random, Executor network) implements ClusterLog {

    @Override
    public CompletionStage<Long> append(Entry entry) {
        int fate = random.nextInt(20);
        if (fate > 2) {
            CompletableFuture<Long> offset = new CompletableFuture<>();
            network.execute(() -> log.append(entry).thenAccept(offset::complete));
            return offset;
        }
        if (fate > 0) {
            network.execute(() -> log.append(entry));
        }
        return CompletableFuture.failedFuture(
                new LogUnavailableException("the acknowledgement was lost", true, null));
    }

    @Override
    public Tail tail(long fromOffset, Reader reader) {
        return log.tail(fromOffset, reader);
    }

    @Override
    public CompletionStage<Long> endOffset() {
        return log.endOffset();
    }

    @Override
    public CompletionStage<Long> startOffset() {
        return log.startOffset();
    }

    @Override
    public CompletionStage<Void> trim(long beforeOffset) {
        return log.trim(beforeOffset);
    }

    @Override
    public void close() {}
}
