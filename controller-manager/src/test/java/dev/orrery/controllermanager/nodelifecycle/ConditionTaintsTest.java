package dev.orrery.controllermanager.nodelifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/#taint-nodes-by-condition
 */
class ConditionTaintsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    @ParameterizedTest(name = "{0}, {1}, evicts {2}: {3}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Ready=True         | ''                            | true  | same
                    Ready=False        | ''                            | true  | not-ready:NoSchedule not-ready:NoExecute
                    Ready=Unknown      | ''                            | true  | unreachable:NoSchedule unreachable:NoExecute
                    Ready=Unknown      | ''                            | false | unreachable:NoSchedule
                    Ready=Unknown      | not-ready:NoSchedule not-ready:NoExecute | true | unreachable:NoSchedule unreachable:NoExecute
                    Ready=True         | not-ready:NoSchedule          | true  | none
                    Ready=True         | mine:NoExecute                | true  | same
                    Ready=False        | mine:NoExecute                | false | mine:NoExecute not-ready:NoSchedule
                    Ready=True MemoryPressure=True | ''                | true  | memory-pressure:NoSchedule
                    Ready=True DiskPressure=True PIDPressure=True | '' | true  | disk-pressure:NoSchedule pid-pressure:NoSchedule
                    Ready=True NetworkUnavailable=True | ''            | true  | network-unavailable:NoSchedule
                    Ready=True DiskPressure=False | disk-pressure:NoSchedule | true | none
                    Ready=True cordoned | ''                           | true  | unschedulable:NoSchedule
                    Ready=True          | unschedulable:NoSchedule     | true  | none
                    ''                 | not-ready:NoSchedule          | true  | same
                    """)
    void followFromTheNodesState(String state, String taints, boolean evicts, String expected) {
        assertThat(
                        ConditionTaints.corrected(node(state, taints), () -> evicts, NOW)
                                .map(ConditionTaintsTest::text)
                                .orElse("same"))
                .isEqualTo(expected);
    }

    @Test
    void ofASilentNodeNothingIsKnown() {
        Node silent =
                NodeConditions.silenced(node("Ready=True DiskPressure=False", ""), NOW)
                        .orElseThrow();

        assertThat(silent.getStatus().getConditions())
                .allSatisfy(condition -> assertThat(condition.getStatus()).isEqualTo("Unknown"));
        assertThat(silent.getStatus().getConditions())
                .extracting(condition -> condition.getType() + " " + condition.getReason())
                .containsExactly(
                        "Ready NodeStatusUnknown",
                        "DiskPressure NodeStatusUnknown",
                        "MemoryPressure NodeStatusNeverUpdated",
                        "PIDPressure NodeStatusNeverUpdated");
        assertThat(NodeConditions.silenced(silent, NOW)).isEmpty();
    }

    private static Node node(String state, String taints) {
        NodeBuilder node =
                new NodeBuilder()
                        .withNewMetadata()
                        .withName("node-1")
                        .endMetadata()
                        .withNewSpec()
                        .endSpec()
                        .withNewStatus()
                        .endStatus();
        for (String each : split(state)) {
            if (each.equals("cordoned")) {
                node.editSpec().withUnschedulable(true).endSpec();
            } else {
                String[] parts = each.split("=");
                node.editStatus()
                        .addNewCondition()
                        .withType(parts[0])
                        .withStatus(parts[1])
                        .endCondition()
                        .endStatus();
            }
        }
        for (String each : split(taints)) {
            String[] parts = each.split(":");
            node.editSpec()
                    .addNewTaint()
                    .withKey(parts[0].equals("mine") ? "mine" : "node.kubernetes.io/" + parts[0])
                    .withEffect(parts[1])
                    .endTaint()
                    .endSpec();
        }
        return node.build();
    }

    private static String text(Node node) {
        String text =
                node.getSpec().getTaints().stream()
                        .map(taint ->
                                taint.getKey().replace("node.kubernetes.io/", "")
                                        + ":"
                                        + taint.getEffect())
                        .collect(Collectors.joining(" "));
        return text.isEmpty() ? "none" : text;
    }

    private static List<String> split(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }
}
