package dev.orrery.controllermanager.podautoscaler;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.controllermanager.quantity.Amounts;
import dev.orrery.machinery.store.Answer;
import dev.orrery.machinery.store.ApiException;
import dev.orrery.machinery.store.Json;
import dev.orrery.machinery.store.Path;
import dev.orrery.machinery.store.StoreClient;
import dev.orrery.machinery.store.Verb;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code metrics.k8s.io}. */
final class ResourceMetricsApi implements MetricsSource {

    private static final byte[] NO_BODY = {};

    private final StoreClient store;

    ResourceMetricsApi(StoreClient store) {
        this.store = store;
    }

    @Override
    public List<PodUsage> of(String namespace, String selector) {
        Answer answer;
        try {
            answer =
                    store.send(
                            Verb.LIST,
                            new Path("metrics.k8s.io", "v1beta1", "pods", namespace, ""),
                            "",
                            NO_BODY,
                            "",
                            Map.of("labelSelector", selector));
        } catch (ApiException e) {
            throw new MetricException(
                    "unable to fetch metrics from resource metrics API: " + message(e));
        }
        List<PodUsage> usages = new ArrayList<>();
        Json.read(answer.body(), JsonNode.class)
                .path("items")
                .forEach(item -> usages.add(usage(item)));
        return usages;
    }

    private static String message(ApiException e) {
        return e.getMessage() + (e.isNotFound() ? " (get pods.metrics.k8s.io)" : "");
    }

    private static PodUsage usage(JsonNode item) {
        Map<String, Map<String, Long>> containers = new HashMap<>();
        for (JsonNode container : item.path("containers")) {
            Map<String, Long> amounts = new HashMap<>();
            container
                    .path("usage")
                    .properties()
                    .forEach(amount ->
                            amounts.put(
                                    amount.getKey(),
                                    Amounts.thousandths(
                                            Quantity.parse(amount.getValue().asText()))));
            containers.put(container.path("name").asText(), amounts);
        }
        return new PodUsage(
                item.path("metadata").path("name").asText(),
                Instant.parse(item.path("timestamp").asText()),
                window(item.path("window").asText()),
                containers);
    }

    /** As Go writes it, in seconds: {@code 15s}, {@code 1m0.5s}. */
    private static Duration window(String text) {
        return Duration.parse("PT" + text);
    }
}
