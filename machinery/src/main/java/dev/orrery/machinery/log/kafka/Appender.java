package dev.orrery.machinery.log.kafka;

import dev.orrery.machinery.log.LogUnavailableException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The producer of a process, made at the first use, and made anew where Kafka declares it broken.
 * Used from any thread.
 */
final class Appender {

    private static final Logger LOG = System.getLogger(Appender.class.getName());

    private final Map<String, Object> settings;

    /** Guarded by this. */
    private @Nullable KafkaProducer<byte[], byte[]> producer;

    private boolean closed;

    Appender(Map<String, Object> settings) {
        this.settings = settings;
    }

    CompletionStage<Long> append(ProducerRecord<byte[], byte[]> record) {
        Sending sending = new Sending();
        KafkaProducer<byte[], byte[]> sender = null;
        try {
            sender = producer();
            var _ =
                    sender.send(
                            record,
                            (written, failure) -> {
                                if (failure != null) {
                                    sending.failed(failure);
                                } else {
                                    sending.offset.complete(written.offset());
                                }
                            });
        } catch (KafkaException | IllegalStateException e) {
            sending.failed(e);
            discard(sender, e);
        }
        sending.handedOver = true;
        return sending.offset;
    }

    /** Learns of a topic's partition and connects, so that the first append need not. Blocks. */
    void warmUp(String topic) {
        try {
            var _ = producer().partitionsFor(topic);
        } catch (KafkaException | IllegalStateException e) {
            LOG.log(Level.DEBUG, "no warm-up", e);
        }
    }

    void close(Duration timeout) {
        KafkaProducer<byte[], byte[]> open;
        synchronized (this) {
            closed = true;
            open = producer;
            producer = null;
        }
        if (open != null) {
            open.close(timeout);
        }
    }

    private synchronized KafkaProducer<byte[], byte[]> producer() {
        if (closed) {
            throw new IllegalStateException("the log was closed");
        }
        if (producer == null) {
            producer =
                    new KafkaProducer<>(
                            settings, new ByteArraySerializer(), new ByteArraySerializer());
        }
        return producer;
    }

    private void discard(@Nullable KafkaProducer<byte[], byte[]> broken, Exception why) {
        synchronized (this) {
            if (broken == null || closed || !broken.equals(producer)) {
                return;
            }
            producer = null;
        }
        LOG.log(Level.WARNING, "the producer is made anew", why);
        Thread.ofVirtual().start(() -> broken.close(Duration.ZERO));
    }

    /** One append on its way. */
    private static final class Sending {

        private final CompletableFuture<Long> offset = new CompletableFuture<>();

        /** Set when the producer took the record: what fails before that never was sent. */
        private volatile boolean handedOver;

        private void failed(Exception failure) {
            boolean refused =
                    failure instanceof RecordTooLargeException
                            || failure instanceof RecordBatchTooLargeException
                            || failure instanceof InvalidTopicException
                            || failure instanceof AuthorizationException;
            offset.completeExceptionally(
                    new LogUnavailableException(
                            "the log did not take a write: " + failure.getMessage(),
                            handedOver && !refused,
                            failure));
        }
    }
}
