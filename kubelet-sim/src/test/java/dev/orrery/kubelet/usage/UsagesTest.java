package dev.orrery.kubelet.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@code kubectl top} shows of containers that do not really run. */
class UsagesTest {

    private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

    private final Usages usages = new Usages(List.of("node-1"), _ -> List.of(pod()), () -> NOON);
    private Map<String, String> annotations = Map.of();
    private boolean running = true;

    @Test
    void followsWhatTheContainerAsksFor() {
        ContainerUse use = onlyContainer();

        assertThat(use.cpuNanos()).isBetween(16_000_000L, 24_000_000L);
        assertThat(use.memoryBytes()).isBetween(25L << 20, 39L << 20);
    }

    @Test
    void followsTheAnnotationUpToTheLimit() {
        annotations = Map.of(UsageModel.CPU, "300m", UsageModel.MEMORY, "1Gi");

        assertThat(onlyContainer()).isEqualTo(new ContainerUse("nginx", 300_000_000, 128 << 20));
    }

    @Test
    void takesAnAnnotationThatIsNoQuantityForNone() {
        annotations = Map.of(UsageModel.CPU, "lots");

        assertThat(onlyContainer().cpuNanos()).isBetween(16_000_000L, 24_000_000L);
    }

    @Test
    void countsOnlyContainersThatRun() {
        running = false;

        assertThat(usages.now().getFirst().pods()).isEmpty();
    }

    @Test
    void addsThePodsToWhatTheNodeItselfUses() {
        annotations = Map.of(UsageModel.CPU, "100m", UsageModel.MEMORY, "16Mi");
        NodeUse node = usages.now().getFirst();

        assertThat(node.cpuNanos()).isEqualTo(150_000_000);
        assertThat(node.memoryBytes()).isEqualTo(400L << 20);
    }

    private ContainerUse onlyContainer() {
        return usages.now().getFirst().pods().getFirst().containers().getFirst();
    }

    private Pod pod() {
        return new PodBuilder()
                .withNewMetadata()
                .withName("web")
                .withNamespace("default")
                .withUid("uid-1")
                .withAnnotations(annotations)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("nginx")
                .withNewResources()
                .addToRequests("cpu", new Quantity("200m"))
                .addToRequests("memory", new Quantity("64Mi"))
                .addToLimits("cpu", new Quantity("1"))
                .addToLimits("memory", new Quantity("128Mi"))
                .endResources()
                .endContainer()
                .endSpec()
                .withNewStatus()
                .addNewContainerStatus()
                .withName("nginx")
                .withNewState()
                .withRunning(
                        running
                                ? new io.fabric8.kubernetes.api.model.ContainerStateRunning()
                                : null)
                .endState()
                .endContainerStatus()
                .endStatus()
                .build();
    }
}
