package dev.orrery.controllermanager.daemonset;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.orrery.machinery.store.Json;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/#how-daemon-pods-are-scheduled
 */
class PlacementTest {

    @ParameterizedTest(name = "{0} on a node with {1}: {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {}                                | ''                                          | RUNS
                    {"nodeName":"node-1"}             | ''                                          | RUNS
                    {"nodeName":"other"}              | ''                                          | NOT
                    {"nodeSelector":{"disk":"ssd"}}   | ''                                          | RUNS
                    {"nodeSelector":{"disk":"hdd"}}   | ''                                          | NOT
                    {}                                | node.kubernetes.io/unschedulable:NoSchedule | RUNS
                    {}                                | node.kubernetes.io/not-ready:NoExecute      | RUNS
                    {}                                | node.kubernetes.io/network-unavailable:NoSchedule | MAY_STAY
                    {"hostNetwork":true}              | node.kubernetes.io/network-unavailable:NoSchedule | RUNS
                    {}                                | mine:NoSchedule                             | MAY_STAY
                    {}                                | mine:NoExecute                              | NOT
                    {}                                | mine:PreferNoSchedule                       | RUNS
                    {"tolerations":[{"operator":"Exists"}]} | mine:NoExecute                        | RUNS
                    """)
    void knowsTheNodesThatThePodsBelongOn(String spec, String taint, Placement.Fit fit)
            throws JsonProcessingException {
        assertThat(Placement.of(set(spec)).of(node(taint))).isEqualTo(fit);
    }

    @Test
    void tiesThePodToItsNode() throws JsonProcessingException {
        DaemonSet set =
                set(
                        """
                        {"affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":
                         {"nodeSelectorTerms":[{"matchExpressions":[{"key":"disk","operator":"Exists"}]}]}}}}\
                        """);
        Pod pod = DaemonPodStamp.pod(set, "node-1", "hash");

        assertThat(DaemonPodStamp.node(pod)).isEqualTo("node-1");
        assertThat(
                        pod.getSpec()
                                .getAffinity()
                                .getNodeAffinity()
                                .getRequiredDuringSchedulingIgnoredDuringExecution()
                                .getNodeSelectorTerms())
                .singleElement()
                .satisfies(term -> assertThat(term.getMatchExpressions()).isEmpty());
        assertThat(pod.getSpec().getTolerations())
                .extracting(Toleration::getKey)
                .contains("node.kubernetes.io/not-ready", "node.kubernetes.io/unschedulable")
                .hasSize(6);
        assertThat(pod.getMetadata().getLabels()).containsEntry("controller-revision-hash", "hash");
    }

    private static DaemonSet set(String spec) throws JsonProcessingException {
        return new DaemonSetBuilder()
                .withNewMetadata()
                .withName("agent")
                .withNamespace("default")
                .withUid("agent-uid")
                .endMetadata()
                .withNewSpec()
                .withNewTemplate()
                .withNewMetadata()
                .endMetadata()
                .withSpec(Json.MAPPER.readValue(spec, PodSpec.class))
                .endTemplate()
                .endSpec()
                .build();
    }

    private static Node node(String taint) {
        NodeBuilder node =
                new NodeBuilder()
                        .withNewMetadata()
                        .withName("node-1")
                        .withLabels(Map.of("disk", "ssd"))
                        .endMetadata()
                        .withNewSpec()
                        .endSpec();
        if (!taint.isEmpty()) {
            String[] parts = taint.split(":");
            node.editSpec()
                    .addNewTaint()
                    .withKey(parts[0])
                    .withEffect(parts[1])
                    .endTaint()
                    .endSpec();
        }
        return node.build();
    }
}
