package dev.orrery.machinery.log.kafka;

import dev.orrery.machinery.log.ClusterLog;
import dev.orrery.machinery.log.Entry;
import dev.orrery.machinery.log.LogUnavailableException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;

/**
 * A log on the one partition of a Kafka topic. Records are delivered on one thread per tail;
 * appends complete on the producer's thread.
 *
 * <p>While a tail has lost its connection, appends fail at once and certainly did not happen. An
 * append that was on its way when the connection broke fails within seconds, and may have happened.
 */
public final class KafkaLog implements ClusterLog {

    private final KafkaConnection connection;
    private final Topic topic;
    private final TopicPartition partition;
    private final RecordCodec codec;
    private final CompletableFuture<Topic> exists;
    private final List<KafkaTail> tails = new CopyOnWriteArrayList<>();

    private volatile boolean ownsConnection;
    private volatile boolean closed;

    /**
     * @param exists done when the topic is there
     */
    KafkaLog(KafkaConnection connection, Topic topic, CompletableFuture<Topic> exists) {
        this.connection = connection;
        this.topic = topic;
        this.partition = topic.partition();
        this.codec = new RecordCodec(topic.name());
        this.exists = exists;
    }

    /**
     * A log with a connection of its own, which ends with it; for a process that has but one log.
     *
     * @param servers HOST:PORT, several with commas between
     * @param client the component's name
     */
    public static KafkaLog open(String servers, String client, Topic topic) {
        KafkaLog log = new KafkaConnection(servers, client).log(topic);
        log.ownsConnection = true;
        return log;
    }

    @Override
    public CompletionStage<Long> append(Entry entry) {
        if (!isReachable()) {
            return CompletableFuture.failedFuture(
                    new LogUnavailableException("the log is away: no connection", false, null));
        }
        return connection.appender().append(codec.encode(entry));
    }

    @Override
    public Tail tail(long fromOffset, Reader reader) {
        KafkaTail tail =
                new KafkaTail(
                        topic,
                        codec,
                        () -> connection.consumer(topic),
                        fromOffset,
                        reader,
                        tails::remove);
        tails.add(tail);
        var _ = exists.thenRun(tail::start);
        return tail;
    }

    @Override
    public CompletionStage<Long> endOffset() {
        return offset(OffsetSpec.latest());
    }

    @Override
    public CompletionStage<Long> startOffset() {
        return offset(OffsetSpec.earliest());
    }

    @Override
    public CompletionStage<Void> trim(long beforeOffset) {
        Map<TopicPartition, RecordsToDelete> request =
                Map.of(partition, RecordsToDelete.beforeOffset(beforeOffset));
        Admin admin = connection.admin();
        return answer(
                whenThere()
                        .thenCompose(
                                there -> admin.deleteRecords(request).all().toCompletionStage()),
                "the log did not trim");
    }

    /**
     * Makes ready for appends, so that the first one is not slower than the others. Whoever only
     * reads need not.
     */
    public CompletionStage<Void> warmUp() {
        return exists.thenRunAsync(
                () -> connection.appender().warmUp(topic.name()),
                task -> Thread.ofVirtual().start(task));
    }

    /** Whether the broker is there, as far as the tails can tell. */
    public boolean isReachable() {
        if (closed || !exists.isDone()) {
            return false;
        }
        for (KafkaTail tail : tails) {
            if (tail.isDisconnected()) {
                return false;
            }
        }
        return true;
    }

    /** Ends the tails; a shared connection is closed by whoever opened it. */
    @Override
    public void close() {
        boolean first = !closed;
        closed = true;
        tails.forEach(KafkaTail::close);
        if (first && ownsConnection) {
            connection.close();
        }
    }

    private CompletionStage<Long> offset(OffsetSpec which) {
        return answer(
                whenThere()
                        .thenCompose(there -> ask(which))
                        .thenApply(ListOffsetsResultInfo::offset),
                "the log did not say how far it reaches");
    }

    private CompletionStage<ListOffsetsResultInfo> ask(OffsetSpec which) {
        return connection
                .admin()
                .listOffsets(Map.of(partition, which))
                .partitionResult(partition)
                .toCompletionStage();
    }

    private CompletableFuture<Topic> whenThere() {
        return exists.isDone()
                ? exists
                : exists.copy()
                        .orTimeout(Settings.QUESTION_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static <T> CompletionStage<T> answer(CompletionStage<T> question, String failed) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        question.whenComplete((value, failure) -> {
            if (failure != null) {
                answer.completeExceptionally(KafkaConnection.unavailable(failed, failure));
            } else {
                answer.complete(value);
            }
        });
        return answer;
    }
}
