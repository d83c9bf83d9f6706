package dev.orrery.machinery.log.kafka;

import dev.orrery.machinery.log.LogUnavailableException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * What the logs of one process share: one producer, one client for questions. Opening connects to
 * nobody yet: a broker that is not there is waited for, in the background, for ever.
 */
public final class KafkaConnection implements AutoCloseable {

    private static final Logger LOG = System.getLogger(KafkaConnection.class.getName());
    private static final Duration RETRY = Duration.ofMillis(300);
    private static final Duration CLOSE = Duration.ofSeconds(1);

    private final String servers;
    private final String client;
    private final Admin admin;
    private final Appender appender;
    private final ConcurrentHashMap<Topic, KafkaLog> logs = new ConcurrentHashMap<>();

    private volatile boolean closed;

    /**
     * @param servers HOST:PORT, several with commas between
     * @param client the component's name
     */
    public KafkaConnection(String servers, String client) {
        this.servers = servers;
        this.client = client;
        this.admin = Admin.create(Settings.admin(servers, client));
        this.appender = new Appender(Settings.producer(servers, client));
    }

    /** The log on a topic, which is created if it does not exist. The same one every time. */
    public KafkaLog log(Topic topic) {
        return logs.computeIfAbsent(topic, this::open);
    }

    @Override
    public void close() {
        closed = true;
        logs.values().forEach(KafkaLog::close);
        appender.close(CLOSE);
        admin.close(CLOSE);
    }

    Admin admin() {
        return admin;
    }

    Appender appender() {
        return appender;
    }

    KafkaConsumer<byte[], byte[]> consumer(Topic topic) {
        return new KafkaConsumer<>(
                Settings.consumer(servers, client + "-" + topic.name()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private KafkaLog open(Topic topic) {
        CompletableFuture<Topic> exists = new CompletableFuture<>();
        create(topic, exists);
        return new KafkaLog(this, topic, exists);
    }

    private void create(Topic topic, CompletableFuture<Topic> exists) {
        if (closed) {
            return;
        }
        admin.createTopics(List.of(topic.creation()))
                .all()
                .toCompletionStage()
                .whenComplete((done, failure) -> created(topic, exists, failure));
    }

    private void created(
            Topic topic, CompletableFuture<Topic> exists, @Nullable Throwable failure) {
        if (failure == null || cause(failure) instanceof TopicExistsException) {
            exists.complete(topic);
        } else {
            LOG.log(Level.DEBUG, () -> "waiting for the broker: " + failure.getMessage());
            later().execute(() -> create(topic, exists));
        }
    }

    private static Executor later() {
        return CompletableFuture.delayedExecutor(RETRY.toMillis(), TimeUnit.MILLISECONDS);
    }

    static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        boolean wrapped =
                failure instanceof CompletionException || failure instanceof ExecutionException;
        return wrapped && cause != null ? cause : failure;
    }

    static LogUnavailableException unavailable(String what, Throwable failure) {
        Throwable cause = cause(failure);
        return cause instanceof LogUnavailableException away
                ? away
                : new LogUnavailableException(what + ": " + cause.getMessage(), false, cause);
    }
}
