package dev.orrery.apiserver.quota;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.store.ClusterState;
import dev.orrery.apiserver.store.Stored;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.ObjectKey;
import dev.orrery.machinery.resource.Quantity;
import dev.orrery.machinery.resource.QuotaUsage;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The quotas of one namespace, what is used of them, and what writes that were admitted are going
 * to use. Guarded by its own lock, which nobody holds for longer than it takes to add a few
 * numbers.
 */
final class Account {

    /**
     * For how long a write that was admitted counts before it is seen in the log: it takes a
     * fraction of that, or fails.
     */
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(10);

    private final SortedMap<String, Ledger> ledgers = new TreeMap<>();

    /** By object, so that a write that is tried again counts once. */
    private final Map<ObjectKey, Reserved> reserved = new HashMap<>();

    /**
     * @param demands by quota
     */
    private record Reserved(Instant until, Map<String, Map<String, Quantity>> demands) {}

    synchronized boolean isEmpty() {
        return ledgers.isEmpty();
    }

    synchronized List<Quota> quotas() {
        return ledgers.values().stream().map(Ledger::quota).toList();
    }

    synchronized void close(String quota) {
        ledgers.remove(quota);
    }

    /** Counts everything once; from then on the ledger is kept up by {@link #changed}. */
    synchronized void open(Quota quota, String namespace, ClusterState state) {
        Ledger ledger = new Ledger(quota);
        for (GroupResource resource : state.resources()) {
            if (ledger.counts(resource)) {
                for (Stored stored : state.list(resource, namespace)) {
                    ledger.add(stored.key(), content(stored));
                }
            }
        }
        ledgers.put(quota.name(), ledger);
    }

    synchronized void changed(ObjectKey key, @Nullable Stored before, @Nullable Stored after) {
        reserved.remove(key);
        GroupResource resource = key.resource();
        if (before != null && after != null && !QuotaUsage.varies(resource)) {
            return;
        }
        List<Ledger> counting =
                ledgers.values().stream().filter(ledger -> ledger.counts(resource)).toList();
        if (counting.isEmpty()) {
            return;
        }
        if (before != null) {
            JsonNode content = content(before);
            counting.forEach(ledger -> ledger.remove(key, content));
        }
        if (after != null) {
            JsonNode content = content(after);
            counting.forEach(ledger -> ledger.add(key, content));
        }
    }

    private static JsonNode content(Stored stored) {
        return QuotaUsage.varies(stored.key().resource())
                ? Trees.read(stored.value())
                : MissingNode.getInstance();
    }

    /**
     * @param demands by quota
     * @param reserves whether the room is kept for the object, which is on its way
     * @return null where there is room for all of it
     */
    synchronized @Nullable Excess take(
            ObjectKey key,
            Map<String, Map<String, Quantity>> demands,
            Instant now,
            boolean reserves) {
        reserved.values().removeIf(one -> now.isAfter(one.until));
        reserved.remove(key);
        for (Map.Entry<String, Map<String, Quantity>> demand : demands.entrySet()) {
            Ledger ledger = ledgers.get(demand.getKey());
            Excess excess = ledger == null ? null : excess(ledger, demand.getValue(), now);
            if (excess != null) {
                return excess;
            }
        }
        if (reserves) {
            reserved.put(key, new Reserved(now.plus(ON_ITS_WAY), demands));
        }
        return null;
    }

    private @Nullable Excess excess(Ledger ledger, Map<String, Quantity> demand, Instant now) {
        Quota quota = ledger.quota();
        Map<String, Quantity> used = ledger.used(now);
        for (Reserved other : reserved.values()) {
            other.demands
                    .getOrDefault(quota.name(), Map.of())
                    .forEach((name, amount) -> used.merge(name, amount, Quantity::plus));
        }
        SortedMap<String, Quantity> exceeding = new TreeMap<>();
        demand.forEach((name, amount) -> {
            Quantity most = quota.hard().get(name);
            Quantity after = used.getOrDefault(name, Quantity.ZERO).plus(amount);
            if (most != null && after.compareTo(most) > 0) {
                exceeding.put(name, amount);
            }
        });
        return exceeding.isEmpty() ? null : new Excess(quota, exceeding, used);
    }
}
