package dev.orrery.controllermanager.replicaset;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * https://kubernetes.io/docs/concepts/workloads/controllers/replicaset/, "Scaling a ReplicaSet" and
 * "Pod deletion cost".
 */
class SurplusOrderTest {

    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    static Stream<Arguments> firstGoesBeforeSecond() {
        return Stream.of(
                Arguments.of("unassigned", change(pod -> node(pod, null)), same()),
                Arguments.of("pending", change(pod -> phase(pod, "Pending")), same()),
                Arguments.of(
                        "pending before unknown",
                        change(pod -> phase(pod, "Pending")),
                        change(pod -> phase(pod, "Unknown"))),
                Arguments.of("not ready", change(pod -> readySince(pod, null)), same()),
                Arguments.of("cheaper", change(pod -> cost(pod, "-10")), same()),
                Arguments.of("dearer last", same(), change(pod -> cost(pod, "10"))),
                Arguments.of(
                        "ready for a much shorter time",
                        change(pod -> readySince(pod, NOW.minusSeconds(40))),
                        change(pod -> readySince(pod, NOW.minusSeconds(80)))),
                Arguments.of("restarted", change(pod -> restarts(pod, 3)), same()),
                Arguments.of(
                        "much younger",
                        change(pod -> created(pod, NOW.minusSeconds(40))),
                        change(pod -> created(pod, NOW.minusSeconds(800)))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void firstGoesBeforeSecond(
            String name, UnaryOperator<Pod> firstChange, UnaryOperator<Pod> secondChange) {
        Pod first = firstChange.apply(pod("z"));
        Pod second = secondChange.apply(pod("a"));

        assertThat(Stream.of(second, first).sorted(new SurplusOrder(List.of(), NOW)))
                .containsExactly(first, second);
    }

    @Test
    void crowdedNodesGiveUpPodsFirst() {
        Pod alone = node(pod("a"), "node-1");
        Pod doubled = node(pod("b"), "node-2");
        Pod neighbour = node(pod("c"), "node-2");

        SurplusOrder order = new SurplusOrder(List.of(alone, doubled, neighbour), NOW);

        assertThat(Stream.of(alone, doubled).sorted(order)).containsExactly(doubled, alone);
    }

    @Test
    void podsOfAboutTheSameAgeAreChosenByUid() {
        Pod first = readySince(pod("a"), NOW.minusSeconds(60));
        Pod second = readySince(pod("b"), NOW.minusSeconds(40));

        assertThat(Stream.of(second, first).sorted(new SurplusOrder(List.of(), NOW)))
                .containsExactly(first, second);
    }

    @Test
    void aCostThatIsNoNumberIsNone() {
        Pod odd = cost(pod("a"), "cheap");
        Pod cheaper = cost(pod("b"), "-1");

        assertThat(Stream.of(odd, cheaper).sorted(new SurplusOrder(List.of(), NOW)))
                .containsExactly(cheaper, odd);
    }

    private static UnaryOperator<Pod> change(UnaryOperator<Pod> change) {
        return change;
    }

    private static UnaryOperator<Pod> same() {
        return UnaryOperator.identity();
    }

    private static Pod pod(String uid) {
        Pod bare =
                new PodBuilder()
                        .withNewMetadata()
                        .withUid(uid)
                        .withCreationTimestamp("2026-02-01T00:00:00Z")
                        .endMetadata()
                        .withNewSpec()
                        .withNodeName("node-1")
                        .endSpec()
                        .withNewStatus()
                        .withPhase("Running")
                        .endStatus()
                        .build();
        return readySince(bare, Instant.parse("2026-02-01T00:00:10Z"));
    }

    private static Pod node(Pod pod, @org.jspecify.annotations.Nullable String node) {
        return new PodBuilder(pod).editSpec().withNodeName(node).endSpec().build();
    }

    private static Pod phase(Pod pod, String phase) {
        return new PodBuilder(pod).editStatus().withPhase(phase).endStatus().build();
    }

    private static Pod readySince(Pod pod, @org.jspecify.annotations.Nullable Instant since) {
        return new PodBuilder(pod)
                .editStatus()
                .withConditions()
                .addNewCondition()
                .withType("Ready")
                .withStatus(since == null ? "False" : "True")
                .withLastTransitionTime(since == null ? null : since.toString())
                .endCondition()
                .endStatus()
                .build();
    }

    private static Pod cost(Pod pod, String cost) {
        return new PodBuilder(pod)
                .editMetadata()
                .addToAnnotations("controller.kubernetes.io/pod-deletion-cost", cost)
                .endMetadata()
                .build();
    }

    private static Pod restarts(Pod pod, int count) {
        return new PodBuilder(pod)
                .editStatus()
                .addNewContainerStatus()
                .withRestartCount(count)
                .endContainerStatus()
                .endStatus()
                .build();
    }

    private static Pod created(Pod pod, Instant time) {
        return new PodBuilder(pod)
                .editMetadata()
                .withCreationTimestamp(time.toString())
                .endMetadata()
                .build();
    }
}
