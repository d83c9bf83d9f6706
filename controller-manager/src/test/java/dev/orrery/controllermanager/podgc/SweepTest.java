package dev.orrery.controllermanager.podgc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.controllermanager.podgc.Sweep.Why;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-garbage-collection */
class SweepTest {

    private static final Instant NOW = Instant.parse("2026-03-01T00:10:00Z");
    private static final Set<String> NODES = Set.of("node-1");

    @Test
    void aPodOfANodeThatIsMissedForLongGoes() {
        List<Pod> pods =
                List.of(pod("lost", "node-9", "Running"), pod("kept", "node-1", "Running"));

        Sweep first = Sweep.of(pods, NODES, Map.of(), 10, NOW);
        assertThat(first.removals()).isEmpty();

        Sweep early = Sweep.of(pods, NODES, first.missingSince(), 10, NOW.plusSeconds(39));
        assertThat(early.removals()).isEmpty();

        Sweep late = Sweep.of(pods, NODES, early.missingSince(), 10, NOW.plusSeconds(40));
        assertThat(late.removals())
                .singleElement()
                .satisfies(removal -> {
                    assertThat(removal.pod().getMetadata().getName()).isEqualTo("lost");
                    assertThat(removal.why()).isEqualTo(Why.NODE_GONE);
                });
    }

    @Test
    void aNodeThatCameBackIsForgotten() {
        List<Pod> pods = List.of(pod("lost", "node-9", "Running"));
        Sweep missed = Sweep.of(pods, NODES, Map.of(), 10, NOW);
        Sweep back = Sweep.of(pods, Set.of("node-9"), missed.missingSince(), 10, NOW);
        assertThat(back.missingSince()).isEmpty();
    }

    @Test
    void aPodThatIsToEndAndWasNeverBoundGoesAtOnce() {
        Pod waiting = pod("waiting", "", "Pending");
        Pod ending =
                new PodBuilder(pod("ending", "", "Pending"))
                        .editMetadata()
                        .withDeletionTimestamp(NOW.toString())
                        .endMetadata()
                        .build();
        assertThat(Sweep.of(List.of(waiting, ending), NODES, Map.of(), 10, NOW).removals())
                .extracting(removal -> removal.pod().getMetadata().getName() + " " + removal.why())
                .containsExactly("ending NEVER_BOUND");
    }

    @Test
    void ofTooManyEndedPodsTheOldestGo() {
        List<Pod> pods =
                IntStream.range(0, 5)
                        .mapToObj(i ->
                                pod("done-" + i, "node-1", i % 2 == 0 ? "Succeeded" : "Failed"))
                        .toList();
        assertThat(Sweep.of(pods, NODES, Map.of(), 3, NOW).removals())
                .extracting(removal -> removal.pod().getMetadata().getName() + " " + removal.why())
                .containsExactly("done-0 ENDED_TOO_MANY", "done-1 ENDED_TOO_MANY");
    }

    private static Pod pod(String name, String node, String phase) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withCreationTimestamp("2026-03-01T00:00:00Z")
                .endMetadata()
                .withNewSpec()
                .withNodeName(node)
                .endSpec()
                .withNewStatus()
                .withPhase(phase)
                .endStatus()
                .build();
    }
}
