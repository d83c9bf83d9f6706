package dev.orrery.machinery.log.kafka;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;

/**
 * A topic of one partition that is never compacted: a record that lost is the newest of its key,
 * and compaction would drop the winner.
 *
 * @param retention how long the broker keeps records; zero for ever
 * @param segmentBytes the broker lets go of whole segments only
 * @param rest how long a reader rests after it was given records, and up to five times as long in a
 *     burst, so that what is written meanwhile comes as one: a record alone is delivered at once,
 *     and a stream of them costs a fifth
 */
public record Topic(String name, Duration retention, int segmentBytes, Duration rest) {

    /** Long enough to gather a stream's records, short beside what a pod takes to start. */
    private static final Duration REST = Duration.ofMillis(5);

    /** The cluster's history. */
    public static final Topic REGISTRY =
            new Topic("orrery.registry", Duration.ZERO, 128 << 20, Duration.ZERO);

    /**
     * Kubernetes' Events. They live for an hour; the quarter on top is for clocks that differ,
     * since a record must not go before its object has expired.
     */
    public static final Topic EVENTS =
            new Topic("orrery.events", Duration.ofMinutes(75), 16 << 20, REST);

    /** Snapshots of the registry. */
    public static final Topic SNAPSHOT =
            new Topic("orrery.snapshot", Duration.ZERO, 32 << 20, Duration.ZERO);

    /** Objects are up to 3 MiB, and a chunk of a snapshot may be half a MiB more. */
    static final int MAX_MESSAGE_BYTES = 4 << 20;

    private static final int SEGMENTS_PER_RETENTION = 5;

    public Topic {
        requireNonNull(name);
        requireNonNull(retention);
        requireNonNull(rest);
    }

    /** The same under another name, so that several clusters can share a broker. */
    public Topic named(String otherName) {
        return new Topic(otherName, retention, segmentBytes, rest);
    }

    /** The same for readers for whom nobody waits at each record. */
    public Topic unhurried() {
        return new Topic(name, retention, segmentBytes, REST);
    }

    TopicPartition partition() {
        return new TopicPartition(name, 0);
    }

    /** With as many replicas as the broker gives by default. */
    NewTopic creation() {
        long retentionMillis = retention.isZero() ? -1 : retention.toMillis();
        long segmentMillis =
                retention.isZero()
                        ? Duration.ofDays(7).toMillis()
                        : retentionMillis / SEGMENTS_PER_RETENTION;
        return new NewTopic(name, Optional.of(1), Optional.empty())
                .configs(
                        Map.of(
                                TopicConfig.CLEANUP_POLICY_CONFIG,
                                TopicConfig.CLEANUP_POLICY_DELETE,
                                TopicConfig.RETENTION_MS_CONFIG,
                                Long.toString(retentionMillis),
                                TopicConfig.RETENTION_BYTES_CONFIG,
                                "-1",
                                TopicConfig.SEGMENT_BYTES_CONFIG,
                                Integer.toString(segmentBytes),
                                TopicConfig.SEGMENT_MS_CONFIG,
                                Long.toString(segmentMillis),
                                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                                Integer.toString(MAX_MESSAGE_BYTES)));
    }
}
