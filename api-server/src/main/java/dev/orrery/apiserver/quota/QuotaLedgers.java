package dev.orrery.apiserver.quota;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.store.ClusterState;
import dev.orrery.apiserver.store.Derived;
import dev.orrery.apiserver.store.Stored;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.ObjectKey;
import dev.orrery.machinery.resource.Quantity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the namespaces that have quotas use of them. A question costs the same however many objects
 * there are: each record changes the sums. Room that was found is kept until the object is read in
 * the log, so that writes at the same time do not find it twice; of the writes of other api-servers
 * that are on their way nothing is known.
 *
 * <p>Changed on the thread that reads the log, asked on any.
 */
public final class QuotaLedgers implements Derived {

    private static final GroupResource QUOTAS = new GroupResource("", "resourcequotas");

    private final Map<String, Account> accounts = new ConcurrentHashMap<>();

    @Override
    public void restart(ClusterState state) {
        accounts.clear();
        for (Stored quota : state.list(QUOTAS)) {
            open(quota.key(), spec(quota), state);
        }
    }

    @Override
    public void changed(ClusterState state, @Nullable Stored before, @Nullable Stored after) {
        ObjectKey key = after != null ? after.key() : before != null ? before.key() : null;
        if (key == null) {
            return;
        }
        Account account = accounts.get(key.namespace());
        if (account != null) {
            account.changed(key, before, after);
        }
        if (key.resource().equals(QUOTAS)) {
            quotaChanged(key, state, before, after);
        }
    }

    private void quotaChanged(
            ObjectKey key, ClusterState state, @Nullable Stored before, @Nullable Stored after) {
        if (after == null) {
            close(key);
        } else if (before == null || !spec(before).equals(spec(after))) {
            open(key, spec(after), state);
        }
    }

    private void open(ObjectKey key, JsonNode spec, ClusterState state) {
        accounts.computeIfAbsent(key.namespace(), _ -> new Account())
                .open(Quota.of(key.name(), spec), key.namespace(), state);
    }

    private void close(ObjectKey key) {
        accounts.computeIfPresent(
                key.namespace(),
                (_, account) -> {
                    account.close(key.name());
                    return account.isEmpty() ? null : account;
                });
    }

    private static JsonNode spec(Stored quota) {
        return Trees.read(quota.value()).path("spec");
    }

    public List<Quota> of(String namespace) {
        Account account = accounts.get(namespace);
        return account == null ? List.of() : account.quotas();
    }

    /**
     * Looks for room, and keeps it.
     *
     * @param demands by the name of the quota
     * @param reserves false where nothing is going to be written
     * @return null where there is room for all of it
     */
    public @Nullable Excess take(
            ObjectKey key,
            Map<String, Map<String, Quantity>> demands,
            Instant now,
            boolean reserves) {
        Account account = accounts.get(key.namespace());
        return account == null ? null : account.take(key, demands, now, reserves);
    }
}
