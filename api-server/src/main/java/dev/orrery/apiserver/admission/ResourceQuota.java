package dev.orrery.apiserver.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.quota.Excess;
import dev.orrery.apiserver.quota.Quota;
import dev.orrery.apiserver.quota.QuotaLedgers;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.apiserver.store.Derived;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.ObjectKey;
import dev.orrery.machinery.resource.Quantity;
import dev.orrery.machinery.resource.QuotaUsage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Holds a namespace to its quotas. What is used is counted by the log and what is on its way to it,
 * so that the answer does not depend on how far a controller is.
 */
public record ResourceQuota(QuotaLedgers ledgers) implements AdmissionPlugin {

    @Override
    public void validate(Attributes attributes) {
        ObjectNode object = attributes.object();
        boolean writes =
                attributes.operation() == Operation.CREATE
                        || attributes.operation() == Operation.UPDATE;
        if (object == null
                || !writes
                || !attributes.subresource().isEmpty()
                || attributes.namespace().isEmpty()) {
            return;
        }
        List<Quota> quotas = ledgers.of(attributes.namespace());
        Map<String, Map<String, Quantity>> demands = new TreeMap<>();
        for (Quota quota : quotas) {
            Map<String, Quantity> demand = demand(attributes, quota, object);
            if (!demand.isEmpty()) {
                demands.put(quota.name(), demand);
            }
        }
        if (!demands.isEmpty()) {
            requireRoom(attributes, demands);
        }
    }

    @Override
    public Derived derived() {
        return ledgers;
    }

    private static Map<String, Quantity> demand(
            Attributes attributes, Quota quota, ObjectNode object) {
        GroupResource resource = attributes.kind().storage();
        if (!quota.scope().covers(resource, object)) {
            return Map.of();
        }
        if (resource.equals(Cluster.PODS) && attributes.operation() == Operation.CREATE) {
            requireResources(attributes, quota, object);
        }
        Map<String, Quantity> delta = delta(attributes, quota, object);
        delta.keySet().retainAll(quota.hard().keySet());
        delta.values().removeIf(amount -> amount.signum() <= 0);
        return delta;
    }

    private static Map<String, Quantity> delta(
            Attributes attributes, Quota quota, ObjectNode object) {
        GroupResource resource = attributes.kind().storage();
        Map<String, Quantity> delta =
                new HashMap<>(QuotaUsage.of(resource, object, attributes.now()));
        ObjectNode old = attributes.old();
        if (old != null && quota.scope().covers(resource, old)) {
            QuotaUsage.of(resource, old, attributes.now())
                    .forEach((name, amount) ->
                            delta.merge(name, Quantity.ZERO.minus(amount), Quantity::plus));
        }
        return delta;
    }

    private static void requireResources(Attributes attributes, Quota quota, ObjectNode pod) {
        String missing = QuotaUsage.missing(pod.path("spec"), quota.hard().keySet());
        if (!missing.isEmpty()) {
            throw Refusals.forbidden(
                    Cluster.PODS,
                    attributes.name(),
                    "failed quota: " + quota.name() + ": must specify " + missing);
        }
    }

    private void requireRoom(Attributes attributes, Map<String, Map<String, Quantity>> demands) {
        ObjectKey key = attributes.kind().key(attributes.namespace(), attributes.name());
        Excess excess = ledgers.take(key, demands, attributes.now(), isOnItsWay(attributes, key));
        if (excess != null) {
            throw Refusals.forbidden(
                    attributes.kind().resource(),
                    attributes.name(),
                    "exceeded quota: "
                            + excess.quota().name()
                            + ", requested: "
                            + shown(excess.requested(), excess.requested())
                            + ", used: "
                            + shown(excess.requested(), excess.used())
                            + ", limited: "
                            + shown(excess.requested(), excess.quota().hard()));
        }
    }

    /** Not one that is going to be refused because there is an object of that name. */
    private static boolean isOnItsWay(Attributes attributes, ObjectKey key) {
        boolean taken =
                attributes.operation() == Operation.CREATE && attributes.state().get(key) != null;
        return !attributes.dryRun() && !taken;
    }

    private static String shown(SortedMap<String, Quantity> names, Map<String, Quantity> amounts) {
        return names.keySet().stream()
                .map(name -> name + "=" + amounts.getOrDefault(name, Quantity.ZERO))
                .collect(Collectors.joining(","));
    }
}
