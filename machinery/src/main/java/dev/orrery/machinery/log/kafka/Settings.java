package dev.orrery.machinery.log.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Kafka's clients as the log needs them: an answer soon, whether it is good or bad, and quick
 * recovery. The figures behind the sizes are in the decision on the log.
 */
final class Settings {

    /** An append that is not acknowledged by then is unknown. */
    static final Duration APPEND_TIMEOUT = Duration.ofSeconds(4);

    /** A question to the broker that is not answered by then has failed. */
    static final Duration QUESTION_TIMEOUT = Duration.ofSeconds(3);

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(2);

    /**
     * How long a fetch waits at the broker where nothing is written. Waiting costs nothing, and an
     * append ends it.
     */
    private static final Duration FETCH_WAIT = Duration.ofSeconds(3);

    /** How long an append may hold up its caller: for room in the buffer. */
    private static final Duration MAX_BLOCK = Duration.ofMillis(500);

    private static final Duration FOR_EVER = Duration.ofDays(3650);

    private Settings() {}

    static Map<String, Object> admin(String servers, String client) {
        Map<String, Object> settings = common(servers, client + "-admin");
        settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, millis(REQUEST_TIMEOUT));
        settings.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, millis(QUESTION_TIMEOUT));
        return settings;
    }

    static Map<String, Object> producer(String servers, String client) {
        Map<String, Object> settings = common(servers, client + "-append");
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        // What is written while one request is under way goes with the next, as one batch: each
        // request costs the broker and four readers more than the records in it.
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 << 10);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 64L << 20);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topic.MAX_MESSAGE_BYTES);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis(REQUEST_TIMEOUT));
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis(APPEND_TIMEOUT));
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK.toMillis());
        // What is known of a topic stays known: asking again would hold up a caller.
        settings.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, FOR_EVER.toMillis());
        return settings;
    }

    static Map<String, Object> consumer(String servers, String client) {
        Map<String, Object> settings = common(servers, client + "-tail");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, millis(FETCH_WAIT));
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 16 << 20);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 10_000);
        settings.put(ConsumerConfig.RECEIVE_BUFFER_CONFIG, 1 << 20);
        settings.put(
                ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis(FETCH_WAIT.plus(REQUEST_TIMEOUT)));
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis(QUESTION_TIMEOUT));
        return settings;
    }

    private static Map<String, Object> common(String servers, String client) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers);
        settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, client);
        settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG, 50L);
        settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500L);
        settings.put(CommonClientConfigs.RETRY_BACKOFF_MS_CONFIG, 20L);
        settings.put(CommonClientConfigs.RETRY_BACKOFF_MAX_MS_CONFIG, 500L);
        settings.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        settings.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
        return settings;
    }

    private static int millis(Duration duration) {
        return Math.toIntExact(duration.toMillis());
    }
}
