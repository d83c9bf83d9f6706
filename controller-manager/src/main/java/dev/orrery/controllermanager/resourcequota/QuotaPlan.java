package dev.orrery.controllermanager.resourcequota;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.resource.PodResources;
import dev.orrery.machinery.resource.Quantity;
import dev.orrery.machinery.resource.QuotaScope;
import dev.orrery.machinery.resource.QuotaUsage;
import dev.orrery.machinery.store.Json;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaStatus;
import io.fabric8.kubernetes.api.model.ResourceQuotaStatusBuilder;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a quota's status is to say; empty if it says so already. */
record QuotaPlan(Optional<ResourceQuotaStatus> status) {

    static QuotaPlan of(ResourceQuota quota, Content content, Instant now) {
        Map<String, io.fabric8.kubernetes.api.model.Quantity> hard =
                Objects.requireNonNullElse(quota.getSpec().getHard(), Map.of());
        Map<String, Quantity> used = used(Json.MAPPER.valueToTree(quota.getSpec()), content, now);
        Map<String, io.fabric8.kubernetes.api.model.Quantity> shown = new TreeMap<>();
        for (String name : hard.keySet()) {
            if (QuotaUsage.isCounted(name)) {
                shown.put(name, shown(used.getOrDefault(name, Quantity.ZERO)));
            }
        }
        ResourceQuotaStatus before = quota.getStatus();
        boolean same =
                before != null && hard.equals(before.getHard()) && shown.equals(before.getUsed());
        return new QuotaPlan(
                same
                        ? Optional.empty()
                        : Optional.of(
                                new ResourceQuotaStatusBuilder()
                                        .withHard(hard)
                                        .withUsed(shown)
                                        .build()));
    }

    private static Map<String, Quantity> used(JsonNode spec, Content content, Instant now) {
        QuotaScope scope = new QuotaScope(spec);
        Map<String, Quantity> used = new HashMap<>();
        content.whole()
                .forEach((resource, objects) -> {
                    for (JsonNode object : objects) {
                        if (scope.covers(resource, object)) {
                            PodResources.add(used, QuotaUsage.of(resource, object, now));
                        }
                    }
                });
        content.counts()
                .forEach((resource, count) -> {
                    if (scope.covers(resource, MissingNode.getInstance())) {
                        PodResources.add(used, times(resource, count, now));
                    }
                });
        return used;
    }

    /** Of these kinds each object takes the same. */
    private static Map<String, Quantity> times(GroupResource resource, long count, Instant now) {
        Map<String, Quantity> used = new HashMap<>();
        QuotaUsage.of(resource, MissingNode.getInstance(), now)
                .forEach((name, one) ->
                        used.put(
                                name,
                                new Quantity(
                                        one.amount().multiply(BigDecimal.valueOf(count)),
                                        one.format())));
        return used;
    }

    private static io.fabric8.kubernetes.api.model.@Nullable Quantity shown(Quantity quantity) {
        return io.fabric8.kubernetes.api.model.Quantity.parse(quantity.toString());
    }
}
