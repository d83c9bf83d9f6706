package dev.orrery.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerResizePolicyBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** https://kubernetes.io/docs/tasks/configure-pod-container/resize-container-resources/ */
class ResizeTest {

    private final World world = World.ofNodes(1);

    @Test
    void takesWhatTheNodeHas() {
        run("web", "1");
        resize("web", "2");

        assertThat(cpu("web")).isEqualTo(new Quantity("2"));
        assertThat(status("web").getAllocatedResources()).containsEntry("cpu", new Quantity("2"));
        assertThat(status("web").getRestartCount()).isZero();
        assertThat(conditions("web")).isEmpty();
        assertThat(world.events)
                .contains(
                        "Normal ResizeCompleted: Pod resize completed:"
                                + " {\"containers\":[{\"name\":\"main\",\"resources\":"
                                + "{\"requests\":{\"cpu\":\"2\"}}}],\"generation\":2}");
    }

    @Test
    void whatTheNodeWillNeverHaveIsRefused() {
        run("web", "1");
        resize("web", "9");

        assertThat(cpu("web")).isEqualTo(new Quantity("1"));
        assertThat(conditions("web"))
                .containsExactly(
                        "PodResizePending Infeasible Node didn't have enough capacity: cpu,"
                                + " requested: 9000, capacity: 8000");
        resize("web", "1");
        assertThat(conditions("web")).isEmpty();
    }

    @Test
    void whatOthersHaveIsWaitedFor() {
        run("large", "6");
        run("web", "1");
        resize("web", "3");

        assertThat(cpu("web")).isEqualTo(new Quantity("1"));
        assertThat(conditions("web"))
                .containsExactly(
                        "PodResizePending Deferred Node didn't have enough resource: cpu,"
                                + " requested: 3000, used: 6000, capacity: 8000");
        assertThat(world.events).filteredOn(each -> each.contains("ResizeDeferred")).hasSize(1);

        world.delete("large", 0);
        world.pass(1);
        assertThat(cpu("web")).isEqualTo(new Quantity("3"));
        assertThat(conditions("web")).isEmpty();
    }

    /** A pod that came meanwhile counts with what it has, and not with what it asks for. */
    @Test
    void whatIsOnlyAskedForIsNobodys() {
        run("large", "6");
        run("web", "1");
        resize("web", "3");
        run("late", "1");
        assertThat(world.state("late")).isEqualTo("Running");
    }

    @Test
    void restartsWhereThePolicySaysSo() {
        world.run(
                "web",
                new ContainerBuilder(container("1"))
                        .withImage("busybox")
                        .withCommand("sleep", "1000")
                        .withResizePolicy(
                                new ContainerResizePolicyBuilder()
                                        .withResourceName("cpu")
                                        .withRestartPolicy("RestartContainer")
                                        .build())
                        .build(),
                _ -> {});
        world.pass(5);
        resize("web", "2");
        assertThat(conditions("web")).containsExactly("PodResizeInProgress");
        world.pass(40);
        assertThat(status("web").getRestartCount()).isEqualTo(1);
        assertThat(cpu("web")).isEqualTo(new Quantity("2"));
        assertThat(conditions("web")).isEmpty();
    }

    @Test
    void aKubeletThatBeginsKnowsWhatItsPodsWereGiven() {
        run("large", "6");
        run("web", "1");
        resize("web", "3");
        world.restartKubelets();

        assertThat(cpu("web")).isEqualTo(new Quantity("1"));
        assertThat(conditions("web")).hasSize(1);
        world.delete("large", 0);
        world.pass(1);
        assertThat(cpu("web")).isEqualTo(new Quantity("3"));
    }

    /** Where nobody says what it uses, a container uses what its processes hold. */
    @Test
    void doesNotTakeMemoryThatIsInUse() {
        run("web", "1");
        limitMemory("web", "100Mi", null);
        assertThat(memory("web")).isEqualTo(new Quantity("100Mi"));

        limitMemory("web", "10Ki", null);
        assertThat(memory("web")).isEqualTo(new Quantity("100Mi"));
        assertThat(conditions("web"))
                .containsExactly(
                        "PodResizeInProgress Error cannot decrease memory limits: [attempting to set"
                                + " pod memory limit (10240) below current usage (1048576),"
                                + " attempting to set container \"main\" memory limit (10240) below"
                                + " current usage (1048576)]");

        limitMemory("web", "50Mi", null);
        assertThat(memory("web")).isEqualTo(new Quantity("50Mi"));
        assertThat(conditions("web")).isEmpty();
    }

    @Test
    void takesMemoryWhenItIsUsedNoMore() {
        run("web", "1");
        limitMemory("web", "100Mi", "80Mi");
        limitMemory("web", "50Mi", "80Mi");
        world.pass(30);

        assertThat(memory("web")).isEqualTo(new Quantity("100Mi"));
        assertThat(conditions("web")).singleElement().asString().contains("(83886080)");
        assertThat(world.events).filteredOn(each -> each.contains("ResizeError")).hasSize(1);

        limitMemory("web", "50Mi", "20Mi");
        world.pass(15);
        assertThat(memory("web")).isEqualTo(new Quantity("50Mi"));
        assertThat(conditions("web")).isEmpty();
        assertThat(world.events).filteredOn(each -> each.contains("ResizeError")).hasSize(1);
    }

    private void limitMemory(String name, String limit, @Nullable String used) {
        Pod pod = world.pod(name);
        long before =
                pod.getMetadata().getGeneration() == null ? 1 : pod.getMetadata().getGeneration();
        PodBuilder changed =
                new PodBuilder(pod)
                        .editMetadata()
                        .withGeneration(before + 1)
                        .endMetadata()
                        .editSpec()
                        .editFirstContainer()
                        .editResources()
                        .withLimits(Map.of("memory", new Quantity(limit)))
                        .endResources()
                        .endContainer()
                        .endSpec();
        if (used != null) {
            changed.editMetadata().addToAnnotations("usage.orrery.dev/memory", used).endMetadata();
        }
        world.api.put(changed.build());
        world.pass(2);
    }

    private Quantity memory(String name) {
        return Objects.requireNonNull(status(name).getResources().getLimits().get("memory"));
    }

    private void run(String name, String cpu) {
        world.run(name, container(cpu), _ -> {});
        world.pass(5);
    }

    private static Container container(String cpu) {
        return new ContainerBuilder(World.container("nginx"))
                .withNewResources()
                .withRequests(Map.of("cpu", new Quantity(cpu)))
                .endResources()
                .build();
    }

    private void resize(String name, String cpu) {
        Pod pod = world.pod(name);
        long before =
                pod.getMetadata().getGeneration() == null ? 1 : pod.getMetadata().getGeneration();
        world.api.put(
                new PodBuilder(pod)
                        .editMetadata()
                        .withGeneration(before + 1)
                        .endMetadata()
                        .editSpec()
                        .editFirstContainer()
                        .editResources()
                        .withRequests(Map.of("cpu", new Quantity(cpu)))
                        .endResources()
                        .endContainer()
                        .endSpec()
                        .build());
        world.pass(1);
    }

    private ContainerStatus status(String name) {
        return world.pod(name).getStatus().getContainerStatuses().getFirst();
    }

    private Quantity cpu(String name) {
        return Objects.requireNonNull(status(name).getResources().getRequests().get("cpu"));
    }

    private List<String> conditions(String name) {
        return world.pod(name).getStatus().getConditions().stream()
                .filter(each -> each.getType().startsWith("PodResize"))
                .map(ResizeTest::text)
                .toList();
    }

    private static String text(PodCondition condition) {
        return Stream.of(condition.getType(), condition.getReason(), condition.getMessage())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
    }
}
