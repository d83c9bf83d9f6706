package dev.orrery.controllermanager.podautoscaler;

import dev.orrery.controllermanager.service.Shop;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Pods that ask for 1000m of CPU each, long ready, and what they use. */
final class Load {

    static final Instant NOW = Instant.parse("2026-03-01T01:00:00Z");

    private Load() {}

    static Pod pod(String name) {
        return Shop.pod(name, "10.0.0.1")
                .editSpec()
                .editFirstContainer()
                .withNewResources()
                .addToRequests("cpu", new Quantity("1"))
                .addToRequests("memory", new Quantity("100Mi"))
                .endResources()
                .endContainer()
                .endSpec()
                .editStatus()
                .withStartTime("2026-03-01T00:00:00Z")
                .endStatus()
                .build();
    }

    static List<Pod> pods(int count) {
        List<Pod> pods = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pods.add(pod("p" + i));
        }
        return pods;
    }

    /** Of pods p0, p1, ... */
    static List<PodUsage> cpu(long... millis) {
        List<PodUsage> usages = new ArrayList<>();
        for (int i = 0; i < millis.length; i++) {
            usages.add(cpu("p" + i, millis[i]));
        }
        return usages;
    }

    static PodUsage cpu(String pod, long millis) {
        return new PodUsage(pod, NOW, Duration.ofSeconds(15), Map.of("web", Map.of("cpu", millis)));
    }

    static HorizontalPodAutoscalerBuilder autoscaler() {
        return new HorizontalPodAutoscalerBuilder()
                .withNewMetadata()
                .withName("web")
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .withMinReplicas(1)
                .withMaxReplicas(10)
                .withNewScaleTargetRef("apps/v1", "Deployment", "web")
                .addNewMetric()
                .withType("Resource")
                .withNewResource()
                .withName("cpu")
                .withNewTarget()
                .withType("Utilization")
                .withAverageUtilization(50)
                .endTarget()
                .endResource()
                .endMetric()
                .endSpec();
    }
}
