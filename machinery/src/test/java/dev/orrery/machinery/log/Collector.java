package dev.orrery.machinery.log;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A reader that keeps what it hears, and on which a test can wait. */
final class Collector implements ClusterLog.Reader, AutoCloseable {

    private static final int SECONDS = 20;

    private final List<LogRecord> records = new ArrayList<>();
    private final CompletableFuture<Long> trimmed = new CompletableFuture<>();
    private final ClusterLog.Tail tail;

    Collector(ClusterLog log, long fromOffset) {
        tail = log.tail(fromOffset, this);
    }

    @Override
    public synchronized void read(List<LogRecord> delivery) {
        records.addAll(delivery);
        notifyAll();
    }

    @Override
    public void trimmed(long startOffset) {
        trimmed.complete(startOffset);
    }

    synchronized List<LogRecord> records() {
        return List.copyOf(records);
    }

    /** All records, once there are at least so many. */
    synchronized List<LogRecord> await(int count) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (records.size() < count) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError("only %d of %d".formatted(records.size(), count));
            }
            wait(left);
        }
        return records();
    }

    long awaitTrimmed() throws Exception {
        return trimmed.get(SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        tail.close();
    }
}
