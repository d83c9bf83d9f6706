package dev.orrery.apiserver.store;

import dev.orrery.machinery.log.Entry;
import dev.orrery.machinery.log.LogRecord;
import dev.orrery.machinery.log.ObjectKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Random entries for a log, and what they must lead to, told by a plain map: a second opinion on
 * the rule of the log.
 */
final class History {

    private static final List<ObjectKey> KEYS =
            List.of(
                    Sample.pod("default", "a"),
                    Sample.pod("default", "b"),
                    Sample.pod("kube-system", "a"),
                    Sample.node("n"),
                    Sample.node("m"));

    private final Random random;
    private final Map<ObjectKey, LogRecord> expected = new HashMap<>();
    private long end;

    History(long seed) {
        random = new Random(seed);
    }

    /** The next entry: mostly one that takes effect, sometimes one whose writer came too late. */
    Entry next() {
        ObjectKey key = KEYS.get(random.nextInt(KEYS.size()));
        LogRecord held = expected.get(key);
        long version = held == null ? 0 : held.resourceVersion();
        long prev = random.nextInt(4) == 0 ? random.nextLong(end + 1) : version;
        Entry entry =
                random.nextInt(5) == 0
                        ? Sample.deletion(key, prev)
                        : Sample.entry(key, prev, "value " + end);
        note(new LogRecord(end++, entry), version);
        return entry;
    }

    long end() {
        return end;
    }

    /** The objects that must exist now, as {@link #lines(ClusterState)} writes them. */
    List<String> lines() {
        Map<String, String> lines = new TreeMap<>();
        expected.forEach((key, record) ->
                lines.put(key.logKey(), line(record.resourceVersion(), record.value())));
        return lines.entrySet().stream().map(Object::toString).toList();
    }

    static List<String> lines(ClusterState state) {
        Map<String, String> lines = new TreeMap<>();
        state.resources().stream()
                .flatMap(resource -> state.list(resource).stream())
                .forEach(object ->
                        lines.put(
                                object.key().logKey(),
                                line(object.resourceVersion(), object.value())));
        return new ArrayList<>(lines.entrySet().stream().map(Object::toString).toList());
    }

    private void note(LogRecord record, long version) {
        if (record.header().prev() != version) {
            return;
        }
        if (record.value() == null) {
            expected.remove(record.key());
        } else {
            expected.put(record.key(), record);
        }
    }

    private static String line(long version, byte @Nullable [] value) {
        return version + " " + Arrays.toString(value);
    }
}
