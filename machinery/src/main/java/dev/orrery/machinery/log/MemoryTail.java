package dev.orrery.machinery.log;

import dev.orrery.machinery.log.ClusterLog.Reader;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One reader's place in a log in memory. Its deliveries are tasks of which at most one waits or
 * runs. Its monitor is held while the reader is called, so that a close on another thread waits.
 */
final class MemoryTail implements ClusterLog.Tail {

    private final Records records;
    private final Reader reader;
    private final Executor executor;
    private final int batch;
    private final AtomicBoolean scheduled = new AtomicBoolean();

    private volatile long next;
    private volatile boolean closed;

    MemoryTail(Records records, long next, Reader reader, Executor executor, int batch) {
        this.records = records;
        this.next = next;
        this.reader = reader;
        this.executor = executor;
        this.batch = batch;
    }

    /** Schedules a delivery if there is something to deliver and none is scheduled. */
    void wake() {
        if (!closed && records.hasNews(next) && scheduled.compareAndSet(false, true)) {
            executor.execute(this::deliver);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        records.leave(this);
    }

    private void deliver() {
        step();
        scheduled.set(false);
        wake();
    }

    private synchronized void step() {
        if (closed || !records.hasNews(next)) {
            return;
        }
        long start = records.start();
        if (next < start) {
            close();
            reader.trimmed(start);
            return;
        }
        List<LogRecord> delivery = records.from(next, batch);
        next = next + delivery.size();
        if (!delivery.isEmpty()) {
            reader.read(delivery);
        }
    }
}
