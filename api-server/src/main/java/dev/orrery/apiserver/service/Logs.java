package dev.orrery.apiserver.service;

import dev.orrery.machinery.log.ClusterLog;
import dev.orrery.machinery.log.MemoryLog;
import dev.orrery.machinery.log.kafka.KafkaConnection;
import dev.orrery.machinery.log.kafka.KafkaLog;
import dev.orrery.machinery.log.kafka.Topic;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The logs of the cluster, and the connection behind them. */
record Logs(
        ClusterLog registry,
        @Nullable ClusterLog snapshots,
        ClusterLog events,
        @Nullable KafkaConnection connection)
        implements AutoCloseable {

    private static final String IN_MEMORY = "memory";

    static Logs open(String servers) {
        if (servers.equals(IN_MEMORY)) {
            Executor executor = Thread.ofVirtual()::start;
            return new Logs(new MemoryLog(executor), null, new MemoryLog(executor), null);
        }
        KafkaConnection connection = new KafkaConnection(servers, "api-server");
        KafkaLog registry = connection.log(Topic.REGISTRY);
        var _ = registry.warmUp(); // while the log is being read
        return new Logs(
                registry, connection.log(Topic.SNAPSHOT), connection.log(Topic.EVENTS), connection);
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.close();
        }
    }
}
