package dev.orrery.machinery.log.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orrery.machinery.log.Entry;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.LogRecord;
import dev.orrery.machinery.log.ObjectKey;
import dev.orrery.machinery.log.WriteHeader;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * How an entry lies in Kafka: its key and its headers as text, its value as it is. A record that
 * cannot be read as one (somebody else wrote into the topic) is to everyone a record that deletes
 * nothing. Used from any thread.
 */
final class RecordCodec {

    private static final Logger LOG = System.getLogger(RecordCodec.class.getName());

    private static final GroupResource UNREADABLE = new GroupResource("orrery.dev", "unreadable");

    private final String topic;

    RecordCodec(String topic) {
        this.topic = topic;
    }

    ProducerRecord<byte[], byte[]> encode(Entry entry) {
        WriteHeader header = entry.header();
        RecordHeaders headers = new RecordHeaders();
        put(headers, "prev", Long.toString(header.prev()));
        put(headers, "id", header.id());
        put(headers, "actor", header.actor());
        put(headers, "cause", join(header.cause()));
        put(headers, "seen", Long.toString(header.seen()));
        put(headers, "traceparent", header.traceparent());
        put(headers, "time", header.time().toString());
        byte[] key = entry.key().logKey().getBytes(UTF_8);
        return new ProducerRecord<>(topic, 0, null, key, entry.value(), headers);
    }

    LogRecord decode(ConsumerRecord<byte[], byte[]> record) {
        try {
            ObjectKey key = ObjectKey.parse(new String(record.key(), UTF_8));
            return new LogRecord(
                    record.offset(), new Entry(key, record.value(), header(record.headers())));
        } catch (RuntimeException e) {
            LOG.log(
                    Level.WARNING,
                    "unreadable record topic={0} offset={1}",
                    topic,
                    record.offset());
            return new LogRecord(record.offset(), unreadable(record));
        }
    }

    private static Entry unreadable(ConsumerRecord<byte[], byte[]> record) {
        String name = Long.toString(record.offset());
        WriteHeader header =
                new WriteHeader(0, name, "", List.of(), 0, "", Instant.ofEpochMilli(0));
        return new Entry(new ObjectKey(UNREADABLE, "", name), null, header);
    }

    private static WriteHeader header(Headers headers) {
        long prev = 0;
        long seen = 0;
        String id = "";
        String actor = "";
        String traceparent = "";
        List<Long> cause = List.of();
        Instant time = Instant.EPOCH;
        for (Header header : headers) {
            String value = new String(header.value(), UTF_8);
            switch (header.key()) {
                case "prev" -> prev = Long.parseLong(value);
                case "id" -> id = value;
                case "actor" -> actor = value;
                case "cause" -> cause = split(value);
                case "seen" -> seen = Long.parseLong(value);
                case "traceparent" -> traceparent = value;
                case "time" -> time = Instant.parse(value);
                default -> {} // of a newer version
            }
        }
        return new WriteHeader(prev, id, actor, cause, seen, traceparent, time);
    }

    private static void put(RecordHeaders headers, String name, String value) {
        headers.add(name, value.getBytes(UTF_8));
    }

    private static String join(List<Long> versions) {
        return String.join(",", versions.stream().map(Object::toString).toList());
    }

    private static List<Long> split(String versions) {
        if (versions.isEmpty()) {
            return List.of();
        }
        List<Long> split = new ArrayList<>();
        for (String version : versions.split(",", -1)) {
            split.add(Long.valueOf(version));
        }
        return split;
    }
}
