package dev.orrery.workbench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.machinery.log.LogRecord;
import dev.orrery.machinery.log.ObjectKey;
import dev.orrery.machinery.store.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How the little world that an invariant is about came to be as it is. A controller answers for
 * what it could know: what it writes must have been right at some moment since the records that it
 * had seen, and be it the last before its own.
 *
 * @param <W> an immutable world
 */
final class Moments<W> {

    /** Each controller writes as an account of its own. */
    private static final String CONTROLLERS = "system:serviceaccount:kube-system:";

    private final Map<ObjectKey, Long> versions = new HashMap<>();
    private final TreeMap<Long, W> worlds = new TreeMap<>();

    Moments(W first) {
        worlds.put(0L, first);
    }

    /** A record that took effect; an object that is missing was deleted. */
    record Step<W>(LogRecord record, @Nullable JsonNode object, W before, W after) {

        boolean isByController() {
            return record.header().actor().startsWith(CONTROLLERS);
        }
    }

    /**
     * @param next the world after a record, given its object
     * @return empty where the record lost
     */
    Optional<Step<W>> apply(LogRecord record, BiFunction<W, @Nullable JsonNode, W> next) {
        if (!record.takesEffect(versions.getOrDefault(record.key(), 0L))) {
            return Optional.empty();
        }
        byte[] value = record.value();
        JsonNode object = value == null ? null : Json.read(value, JsonNode.class);
        versions.put(record.key(), object == null ? 0 : record.resourceVersion());
        W before = worlds.lastEntry().getValue();
        W after = next.apply(before, object);
        if (!after.equals(before)) {
            worlds.put(record.resourceVersion(), after);
        }
        return Optional.of(new Step<>(record, object, before, after));
    }

    /** Whether something held at a moment that the record's writer could have decided by. */
    boolean held(LogRecord record, Predicate<W> what) {
        Long since = worlds.floorKey(Math.min(basis(record), record.resourceVersion() - 1));
        return worlds
                .subMap(since == null ? 0L : since, true, record.resourceVersion(), false)
                .values()
                .stream()
                .anyMatch(what);
    }

    /**
     * All that its writer had surely seen when it began to decide: what made it look. More may have
     * come in by the time that it wrote.
     */
    private static long basis(LogRecord record) {
        return record.header().cause().stream().reduce(Math::max).orElse(record.header().seen());
    }
}
