package dev.orrery.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.resource.PodResources;
import dev.orrery.machinery.resource.Quantity;
import dev.orrery.machinery.resource.QuotaScope;
import dev.orrery.machinery.resource.QuotaUsage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds a namespace to its quotas. What is used is counted in the state that the write is made
 * against, so that the answer does not depend on how far a controller is.
 */
public final class ResourceQuota implements AdmissionPlugin {

    private static final GroupResource QUOTAS = new GroupResource("", "resourcequotas");

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
        List<ObjectNode> quotas = Cluster.of(attributes).list(QUOTAS, attributes.namespace());
        for (ObjectNode quota : quotas) {
            check(attributes, quota, object);
        }
    }

    private static void check(Attributes attributes, ObjectNode quota, ObjectNode object) {
        QuotaScope scope = new QuotaScope(quota.path("spec"));
        GroupResource resource = attributes.kind().storage();
        boolean pods = resource.equals(Cluster.PODS);
        if (!scope.covers(resource, object)) {
            return;
        }
        Map<String, Quantity> hard = hard(quota);
        if (pods && attributes.operation() == Operation.CREATE) {
            requireResources(attributes, quota, object, hard);
        }
        Map<String, Quantity> delta = delta(attributes, object, scope);
        delta.keySet().retainAll(hard.keySet());
        delta.values().removeIf(amount -> amount.signum() <= 0);
        if (!delta.isEmpty()) {
            requireRoom(attributes, quota, hard, delta, scope);
        }
    }

    private static Map<String, Quantity> hard(JsonNode quota) {
        Map<String, Quantity> hard = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : quota.path("spec").path("hard").properties()) {
            hard.put(entry.getKey(), Quantity.of(entry.getValue()));
        }
        return hard;
    }

    private static Map<String, Quantity> delta(
            Attributes attributes, ObjectNode object, QuotaScope scope) {
        GroupResource resource = attributes.kind().storage();
        Map<String, Quantity> delta =
                new HashMap<>(QuotaUsage.of(resource, object, attributes.now()));
        ObjectNode old = attributes.old();
        if (old != null && scope.covers(resource, old)) {
            QuotaUsage.of(resource, old, attributes.now())
                    .forEach((name, amount) ->
                            delta.merge(
                                    name,
                                    new Quantity(amount.amount().negate(), amount.format()),
                                    Quantity::plus));
        }
        return delta;
    }

    private static void requireResources(
            Attributes attributes, ObjectNode quota, ObjectNode pod, Map<String, Quantity> hard) {
        String missing = QuotaUsage.missing(pod.path("spec"), hard.keySet());
        if (!missing.isEmpty()) {
            throw Refusals.forbidden(
                    Cluster.PODS,
                    attributes.name(),
                    "failed quota: " + name(quota) + ": must specify " + missing);
        }
    }

    private static void requireRoom(
            Attributes attributes,
            ObjectNode quota,
            Map<String, Quantity> hard,
            Map<String, Quantity> delta,
            QuotaScope scope) {
        Map<String, Quantity> used = used(attributes, scope);
        SortedMap<String, Quantity> exceeded = new TreeMap<>();
        delta.forEach((name, amount) -> {
            Quantity after = used.getOrDefault(name, Quantity.ZERO).plus(amount);
            if (exceeds(after, hard.get(name))) {
                exceeded.put(name, amount);
            }
        });
        if (exceeded.isEmpty()) {
            return;
        }
        throw Refusals.forbidden(
                attributes.kind().resource(),
                attributes.name(),
                "exceeded quota: "
                        + name(quota)
                        + ", requested: "
                        + shown(exceeded, exceeded)
                        + ", used: "
                        + shown(exceeded, used)
                        + ", limited: "
                        + shown(exceeded, hard));
    }

    private static boolean exceeds(Quantity amount, @Nullable Quantity most) {
        return most != null && amount.compareTo(most) > 0;
    }

    private static Map<String, Quantity> used(Attributes attributes, QuotaScope scope) {
        GroupResource resource = attributes.kind().storage();
        Map<String, Quantity> used = new HashMap<>();
        for (ObjectNode object : Cluster.of(attributes).list(resource, attributes.namespace())) {
            if (scope.covers(resource, object)) {
                PodResources.add(used, QuotaUsage.of(resource, object, attributes.now()));
            }
        }
        return used;
    }

    private static String shown(SortedMap<String, Quantity> names, Map<String, Quantity> amounts) {
        return names.keySet().stream()
                .map(name -> name + "=" + amounts.getOrDefault(name, Quantity.ZERO))
                .collect(Collectors.joining(","));
    }

    private static String name(JsonNode quota) {
        return quota.path("metadata").path("name").asText("");
    }
}
