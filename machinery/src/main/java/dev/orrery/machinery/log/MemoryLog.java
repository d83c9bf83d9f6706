package dev.orrery.machinery.log;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * A log in memory, for tests and the workbench.
 *
 * <p>An append happens at once, in the caller's frame; what others learn of it comes as a task on
 * an executor. Each task is one step: one completion, or one delivery of up to {@code batch}
 * records to one tail, which has at most one such task waiting. Whoever orders the tasks decides
 * who hears what when. {@link #seenThrough} gives each reader an executor of its own.
 */
public final class MemoryLog implements ClusterLog {

    private final Records records;
    private final Executor executor;
    private final int batch;

    /** All completions and deliveries run on this executor, with as many records as there are. */
    public MemoryLog(Executor executor) {
        this(new Records(), executor, Integer.MAX_VALUE);
    }

    private MemoryLog(Records records, Executor executor, int batch) {
        this.records = records;
        this.executor = requireNonNull(executor);
        this.batch = batch;
    }

    /**
     * The same log as one component sees it.
     *
     * @param executor runs this component's completions and deliveries
     * @param batch the most records that one task delivers
     */
    public MemoryLog seenThrough(Executor executor, int batch) {
        if (batch < 1) {
            throw new IllegalArgumentException("a delivery has at least one record");
        }
        return new MemoryLog(records, executor, batch);
    }

    @Override
    public CompletionStage<Long> append(Entry entry) {
        if (records.isAway()) {
            return away();
        }
        return complete(records.append(entry));
    }

    @Override
    public Tail tail(long fromOffset, Reader reader) {
        MemoryTail tail = new MemoryTail(records, fromOffset, reader, executor, batch);
        records.follow(tail);
        return tail;
    }

    @Override
    public CompletionStage<Long> endOffset() {
        return records.isAway() ? away() : complete(records.end());
    }

    @Override
    public CompletionStage<Long> startOffset() {
        return records.isAway() ? away() : complete(records.start());
    }

    @Override
    public CompletionStage<Void> trim(long beforeOffset) {
        if (records.isAway()) {
            return away();
        }
        records.trim(beforeOffset);
        return CompletableFuture.runAsync(() -> {}, executor);
    }

    /** Nothing to let go of: the records live as long as this object. */
    @Override
    public void close() {}

    /** While the log is away, nothing is appended, answered or delivered. */
    public void setAway(boolean away) {
        records.setAway(away);
    }

    /** All records that are still kept. */
    public List<LogRecord> records() {
        return records.from(records.start(), Integer.MAX_VALUE);
    }

    private <T> CompletionStage<T> complete(T value) {
        CompletableFuture<T> stage = new CompletableFuture<>();
        executor.execute(() -> stage.complete(value));
        return stage;
    }

    private <T> CompletionStage<T> away() {
        CompletableFuture<T> stage = new CompletableFuture<>();
        LogUnavailableException away = new LogUnavailableException("the log is away", false, null);
        executor.execute(() -> stage.completeExceptionally(away));
        return stage;
    }
}
