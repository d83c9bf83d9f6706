package dev.orrery.apiserver.quota;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.ObjectKey;
import dev.orrery.machinery.resource.Quantity;
import dev.orrery.machinery.resource.QuotaUsage;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is used of one quota. Guarded by the account that it is part of. */
final class Ledger {

    private final Quota quota;
    private final Map<String, Quantity> used = new HashMap<>();

    /** The pods that are being deleted: when their time is over they take nothing more. */
    private final Map<ObjectKey, Leaving> leaving = new HashMap<>();

    private record Leaving(Instant until, Map<String, Quantity> usage) {}

    Ledger(Quota quota) {
        this.quota = quota;
    }

    Quota quota() {
        return quota;
    }

    /** Whether objects of the resource can take anything of what this quota limits. */
    boolean counts(GroupResource resource) {
        return QuotaUsage.names(resource, quota.hard().keySet());
    }

    void add(ObjectKey key, JsonNode object) {
        if (quota.scope().covers(key.resource(), object)) {
            Map<String, Quantity> usage = usage(key.resource(), object);
            usage.forEach((name, amount) -> used.merge(name, amount, Quantity::plus));
            Instant until = QuotaUsage.end(key.resource(), object);
            if (until != null) {
                leaving.put(key, new Leaving(until, usage));
            }
        }
    }

    void remove(ObjectKey key, JsonNode object) {
        if (quota.scope().covers(key.resource(), object)) {
            usage(key.resource(), object).forEach(this::subtract);
            leaving.remove(key);
        }
    }

    private void subtract(String name, Quantity amount) {
        used.computeIfPresent(
                name,
                (_, before) -> {
                    Quantity after = before.minus(amount);
                    return after.signum() == 0 ? null : after;
                });
    }

    private Map<String, Quantity> usage(GroupResource resource, JsonNode object) {
        Map<String, Quantity> usage = new HashMap<>(QuotaUsage.of(resource, object, Instant.MIN));
        usage.keySet().retainAll(quota.hard().keySet());
        return usage;
    }

    /** All that is used by now. */
    Map<String, Quantity> used(Instant now) {
        Map<String, Quantity> all = new HashMap<>(used);
        for (Leaving pod : leaving.values()) {
            if (now.isAfter(pod.until)) {
                pod.usage.forEach((name, amount) -> reduce(all, name, amount));
            }
        }
        return all;
    }

    private static void reduce(Map<String, Quantity> all, String name, Quantity amount) {
        @Nullable Quantity before = all.get(name);
        if (before != null) {
            all.put(name, before.minus(amount));
        }
    }
}
