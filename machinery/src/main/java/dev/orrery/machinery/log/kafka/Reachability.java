package dev.orrery.machinery.log.kafka;

import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.jspecify.annotations.Nullable;

/**
 * Whether a consumer that reads all the time is connected: it has been once, and has no connection
 * now. Used from any thread.
 */
final class Reachability {

    private final @Nullable Metric connections;
    private volatile boolean wasConnected;

    Reachability(Map<MetricName, ? extends Metric> metrics) {
        this.connections =
                metrics.entrySet().stream()
                        .filter(entry -> entry.getKey().name().equals("connection-count"))
                        .filter(entry -> entry.getKey().group().equals("consumer-metrics"))
                        .map(Map.Entry::getValue)
                        .map(Metric.class::cast)
                        .findFirst()
                        .orElse(null);
    }

    boolean isLost() {
        if (connections == null || !(connections.metricValue() instanceof Number count)) {
            return false;
        }
        boolean connected = count.intValue() > 0;
        wasConnected |= connected;
        return wasConnected && !connected;
    }
}
