package dev.orrery.launcher.broker;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.Uuid;

/**
 * What a broker is told, by Kafka's own names.
 *
 * @param clusterId the same for all brokers of one cluster
 */
record BrokerSettings(Properties properties, String clusterId) {

    private static final String PREFIX = "KAFKA_";

    /** These are for the scripts of Kafka's distribution. */
    private static final Set<String> OF_SCRIPTS =
            Set.of(
                    "KAFKA_HEAP_OPTS",
                    "KAFKA_JVM_PERFORMANCE_OPTS",
                    "KAFKA_GC_LOG_OPTS",
                    "KAFKA_LOG4J_OPTS",
                    "KAFKA_JMX_OPTS",
                    "KAFKA_OPTS",
                    "KAFKA_HOME");

    /** One broker that nobody beyond this machine reaches. */
    static BrokerSettings onLoopback(Path folder, int port, int controllerPort) {
        BrokerSettings small = small();
        Properties settings = small.properties;
        settings.put("node.id", "1");
        settings.put("log.dirs", folder.toString());
        settings.put(
                "listeners",
                "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
                        .formatted(port, controllerPort));
        settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        settings.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        return small;
    }

    /** Little memory, few threads, quick recovery. */
    static BrokerSettings small() {
        Properties settings = new Properties();
        settings.put("process.roles", "broker,controller");
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("auto.create.topics.enable", "false");
        settings.put("num.network.threads", "1");
        settings.put("num.io.threads", "2");
        settings.put("background.threads", "1");
        settings.put("num.recovery.threads.per.data.dir", "1");
        settings.put("num.replica.fetchers", "1");
        settings.put("log.cleaner.threads", "1");
        // The default of 128 MB is kept resident, and no topic here is compacted but Kafka's own.
        settings.put("log.cleaner.dedupe.buffer.size", "4194304");
        settings.put("offsets.topic.num.partitions", "1");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("transaction.state.log.num.partitions", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("share.coordinator.state.topic.num.partitions", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("group.initial.rebalance.delay.ms", "0");
        // With the default of 9 s a broker that was killed waits that long for its own ghost.
        settings.put("broker.session.timeout.ms", "2500");
        settings.put("broker.heartbeat.interval.ms", "1000");
        // Nobody follows this controller, so nobody needs to hear twice a second that it lives.
        settings.put("metadata.max.idle.interval.ms", "10000");
        settings.put("message.max.bytes", "4194304");
        settings.put("replica.fetch.max.bytes", "4194304");
        settings.put("metric.reporters", "");
        return new BrokerSettings(settings, Uuid.randomUuid().toString());
    }

    /**
     * Also what the environment says, which goes before: {@code KAFKA_LOG_DIRS} is {@code
     * log.dirs}, two underscores are one, three are a dash; {@code CLUSTER_ID} is the cluster's. So
     * it is with Kafka's own image.
     */
    BrokerSettings with(Map<String, String> environment) {
        Properties settings = new Properties();
        settings.putAll(properties);
        environment.forEach((name, value) -> {
            if (name.startsWith(PREFIX) && !OF_SCRIPTS.contains(name)) {
                settings.put(key(name.substring(PREFIX.length())), value);
            }
        });
        return new BrokerSettings(settings, environment.getOrDefault("CLUSTER_ID", clusterId));
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT)
                .replace("___", "-")
                .replace("__", "\0")
                .replace('_', '.')
                .replace('\0', '_');
    }

    Path folder() {
        String folder = properties.getProperty("log.dirs");
        if (folder == null) {
            throw new IllegalArgumentException("KAFKA_LOG_DIRS says where the log is to be");
        }
        return Path.of(folder);
    }

    int nodeId() {
        return Integer.parseInt(properties.getProperty("node.id", "1"));
    }
}
