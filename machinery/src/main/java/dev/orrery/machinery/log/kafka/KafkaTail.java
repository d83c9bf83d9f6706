package dev.orrery.machinery.log.kafka;

import dev.orrery.machinery.log.ClusterLog;
import dev.orrery.machinery.log.LogRecord;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * One reader's delivery, on a thread of its own. The reader is called under the monitor, so that a
 * close on another thread waits for it. What goes wrong with Kafka is tried again for ever; a
 * reader that throws ends its tail, and says so.
 */
final class KafkaTail implements ClusterLog.Tail {

    private static final Logger LOG = System.getLogger(KafkaTail.class.getName());
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration RETRY = Duration.ofMillis(500);

    /** A reader that finds records whenever it comes back rests this many times as long at most. */
    private static final int LONGEST_REST = 5;

    private final TopicPartition partition;
    private final Duration rest;
    private final RecordCodec codec;
    private final Supplier<KafkaConsumer<byte[], byte[]>> consumers;
    private final ClusterLog.Reader reader;
    private final Consumer<KafkaTail> onClose;
    private final Thread thread;
    private final RareLog troubles = new RareLog(LOG, Duration.ofSeconds(30));

    /** Owned by the thread. */
    private long next;

    private Duration pause;
    private boolean away;

    private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;
    private volatile @Nullable Reachability reachability;
    private volatile boolean closed;

    KafkaTail(
            Topic topic,
            RecordCodec codec,
            Supplier<KafkaConsumer<byte[], byte[]>> consumers,
            long next,
            ClusterLog.Reader reader,
            Consumer<KafkaTail> onClose) {
        this.partition = topic.partition();
        this.rest = topic.rest();
        this.codec = codec;
        this.consumers = consumers;
        this.next = next;
        this.pause = topic.rest();
        this.reader = reader;
        this.onClose = onClose;
        this.thread =
                Thread.ofPlatform().name("tail " + topic.name()).daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Whether it is known that the broker is away. */
    boolean isDisconnected() {
        Reachability known = reachability;
        return known != null && known.isLost();
    }

    @Override
    public void close() {
        synchronized (this) { // waits for the reader
            closed = true;
        }
        onClose.accept(this);
        KafkaConsumer<byte[], byte[]> open = consumer;
        if (open != null) {
            open.wakeup();
        }
    }

    private void run() {
        while (!closed) {
            try {
                follow();
            } catch (WakeupException e) {
                // closed
            } catch (KafkaException e) {
                troubles.warn("the tail reads again topic=" + partition.topic(), e);
                LockSupport.parkNanos(RETRY.toNanos());
            } catch (RuntimeException | Error e) {
                LOG.log(Level.ERROR, "the tail ended topic=" + partition.topic(), e);
                close();
            }
        }
    }

    private void follow() {
        try (KafkaConsumer<byte[], byte[]> open = consumers.get()) {
            open.assign(List.of(partition));
            open.seek(partition, next);
            Reachability connections = new Reachability(open.metrics());
            reachability = connections;
            consumer = open;
            while (!closed) {
                deliver(open);
                look(connections);
            }
        } finally {
            consumer = null;
        }
    }

    private void look(Reachability connections) {
        boolean lost = connections.isLost();
        if (lost != away) {
            away = lost;
            LOG.log(
                    lost ? Level.WARNING : Level.INFO,
                    "the log is {0} topic={1}",
                    lost ? "away" : "back",
                    partition.topic());
        }
    }

    private void deliver(KafkaConsumer<byte[], byte[]> open) {
        List<LogRecord> records = new ArrayList<>();
        try {
            for (ConsumerRecord<byte[], byte[]> record : poll(open)) {
                records.add(codec.decode(record));
            }
        } catch (OffsetOutOfRangeException e) {
            outOfRange(open, e);
        }
        if (!records.isEmpty()) {
            next = records.getLast().offset() + 1;
            read(records);
            LockSupport.parkNanos(pause.toNanos()); // the next fetch is under way meanwhile
        }
    }

    /** Its rests double while there are records that came during the last, as in a burst. */
    private ConsumerRecords<byte[], byte[]> poll(KafkaConsumer<byte[], byte[]> open) {
        if (!rest.isZero()) {
            ConsumerRecords<byte[], byte[]> waiting = open.poll(Duration.ZERO);
            if (!waiting.isEmpty()) {
                Duration longest = rest.multipliedBy(LONGEST_REST);
                Duration twice = pause.multipliedBy(2);
                pause = twice.compareTo(longest) < 0 ? twice : longest;
                return waiting;
            }
        }
        pause = rest;
        return open.poll(POLL);
    }

    private synchronized void read(List<LogRecord> records) {
        if (!closed) {
            reader.read(records);
        }
    }

    private void outOfRange(KafkaConsumer<byte[], byte[]> open, OffsetOutOfRangeException e) {
        Long start = open.beginningOffsets(List.of(partition)).get(partition);
        if (start == null || next >= start) {
            throw new KafkaException("the log is shorter than what was read of it", e);
        }
        trimmed(start);
    }

    private synchronized void trimmed(long start) {
        if (!closed) {
            close();
            reader.trimmed(start);
        }
    }
}
