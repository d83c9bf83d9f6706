package dev.orrery.controllermanager.service;

import dev.orrery.controllermanager.pod.Pods;
import dev.orrery.controllermanager.time.Timestamps;
import dev.orrery.machinery.reconcile.Key;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * When what led to the latest change of a Service's endpoints happened: the Service was made, or
 * the first of its pods that has changed since the last look became ready or unready. Kept in
 * memory, and never asked for one Service by two threads at once.
 */
public final class TriggerTimes {

    /** Also where a controller says it: {@code endpoints.kubernetes.io/...}. */
    public static final String ANNOTATION = "endpoints.kubernetes.io/last-change-trigger-time";

    private final Map<Key, Map<String, Instant>> seen = new ConcurrentHashMap<>();

    /** Null where nothing is known to have happened. */
    public @Nullable Instant next(Service service, Collection<Pod> pods) {
        Map<String, Instant> now = new HashMap<>();
        for (Pod pod : pods) {
            now.put(pod.getMetadata().getName(), Pods.readySince(pod));
        }
        Map<String, Instant> before = seen.put(Key.of(service), now);
        return before == null
                ? Timestamps.parse(service.getMetadata().getCreationTimestamp())
                : firstChange(before, now);
    }

    private static @Nullable Instant firstChange(
            Map<String, Instant> before, Map<String, Instant> now) {
        Instant first = null;
        for (Map.Entry<String, Instant> pod : now.entrySet()) {
            Instant time = pod.getValue();
            boolean isNew = time.isAfter(before.getOrDefault(pod.getKey(), Instant.EPOCH));
            if (isNew && (first == null || time.isBefore(first))) {
                first = time;
            }
        }
        return first;
    }

    public void forget(Key service) {
        seen.remove(service);
    }
}
