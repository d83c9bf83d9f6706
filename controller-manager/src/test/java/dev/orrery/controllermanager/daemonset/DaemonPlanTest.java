package dev.orrery.controllermanager.daemonset;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSetStatus;
import io.fabric8.kubernetes.api.model.apps.DaemonSetStatusBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/ and
 * https://kubernetes.io/docs/tasks/manage-daemon/update-daemon-set/
 */
class DaemonPlanTest {

    private static final Instant NOW = Instant.parse("2026-03-01T00:01:00Z");

    /**
     * Nodes in a row, each with what it is to the set and its pods: {@code runs:ready@old}; pods
     * are called by their node and their place on it: the second pod of the third node is 3b.
     */
    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # Every node that should has one pod.
                    unavailable=1 | runs runs not stay                   | fill 1 2
                    unavailable=1 | runs:ready@new runs:ready@new        | ''
                    unavailable=1 | runs:ending@new                      | ''
                    unavailable=1 | not:ready@new stay:ready@new         | remove 1a
                    unavailable=1 | not:ending@new                       | ''
                    unavailable=1 | runs:ready@new,ready@new             | remove 1b
                    unavailable=1 | runs:failed@new runs:succeeded@new   | ended 1a 2a
                    unavailable=1 | gone:unbound@new gone:ready@new      | remove 1a
                    # An update takes away as many as may be away beside those that are.
                    unavailable=1 | runs:ready@old runs:ready@old        | remove 1a
                    unavailable=1 | runs:ready@new runs:ready@old        | remove 2a
                    unavailable=1 | runs:running@new runs:ready@old      | ''
                    unavailable=2 | runs:running@new runs:ready@old runs:ready@old | remove 2a
                    unavailable=1 | runs:ending@old runs:ready@old       | ''
                    unavailable=1 | runs:running@old runs:ready@old      | remove 1a 2a
                    unavailable=50% | runs:ready@old runs:ready@old runs:ready@old | remove 1a 2a
                    unavailable=1 | runs:ready@old runs                  | fill 2
                    onDelete      | runs:ready@old runs:ready@old        | ''
                    onDelete      | runs:ready@old,ready@new             | remove 1b
                    # With surge new pods come first, and old ones go when the new ones serve.
                    surge=1 | runs:ready@old runs:ready@old              | fill 1
                    surge=1 | runs:ready@old,running@new runs:ready@old  | ''
                    surge=1 | runs:ready@old,ready@new runs:ready@old    | remove 1a
                    surge=1 | runs:running@old,running@new               | remove 1a
                    surge=1 | runs:running@old runs:ready@old            | fill 1 2
                    surge=1 | runs:ending@old                            | fill 1
                    surge=1 | runs:ready@new,ready@new                   | remove 1b
                    """)
    void doesWhatTheNodesNeedNext(String strategy, String nodes, String plan) {
        assertThat(text(DaemonPlan.of(daemons(strategy, nodes)))).isEqualTo(plan);
    }

    @Test
    void countsOnePodPerNodeThatShouldHaveOne() {
        DaemonSetStatus status =
                DaemonStatus.of(
                        daemons(
                                "unavailable=1",
                                "runs:ready@new runs:running@old runs not:ready@old stay:ready@new"),
                        0);
        assertThat(status.getDesiredNumberScheduled()).isEqualTo(3);
        assertThat(status.getCurrentNumberScheduled()).isEqualTo(2);
        assertThat(status.getNumberMisscheduled()).isEqualTo(2);
        assertThat(status.getNumberReady()).isEqualTo(1);
        assertThat(status.getUpdatedNumberScheduled()).isEqualTo(1);
        assertThat(status.getNumberAvailable()).isEqualTo(1);
        assertThat(status.getNumberUnavailable()).isEqualTo(2);
        assertThat(status.getCollisionCount()).isNull();
    }

    @Test
    void leavesTheConditionsOfOthers() {
        DaemonSetStatus told =
                new DaemonSetStatusBuilder()
                        .addNewCondition()
                        .withType("Told")
                        .withStatus("True")
                        .endCondition()
                        .build();
        DaemonSet set = new DaemonSetBuilder(set("unavailable=1")).withStatus(told).build();
        Daemons daemons = new Daemons(set, "new", new TreeMap<>(), new TreeMap<>(), NOW);
        assertThat(DaemonStatus.of(daemons, 0).getConditions()).isEqualTo(told.getConditions());
    }

    private static Daemons daemons(String strategy, String nodes) {
        SortedMap<String, Placement.Fit> fits = new TreeMap<>();
        SortedMap<String, List<Pod>> pods = new TreeMap<>();
        int number = 0;
        for (String node : nodes.split(" ")) {
            String name = Integer.toString(++number);
            String[] parts = node.split(":");
            if (!parts[0].equals("gone")) {
                fits.put(
                        name,
                        switch (parts[0]) {
                            case "runs" -> Placement.Fit.RUNS;
                            case "stay" -> Placement.Fit.MAY_STAY;
                            case "not" -> Placement.Fit.NOT;
                            default -> throw new IllegalArgumentException(node);
                        });
            }
            if (parts.length == 2) {
                List<Pod> own = new ArrayList<>();
                for (String pod : parts[1].split(",")) {
                    own.add(pod(name, name + (char) ('a' + own.size()), pod));
                }
                pods.put(name, own);
            }
        }
        return new Daemons(set(strategy), "new", fits, pods, NOW);
    }

    private static DaemonSet set(String strategy) {
        String[] parts = strategy.split("=");
        DaemonSetBuilder set = new DaemonSetBuilder().withNewMetadata().endMetadata();
        set.withNewSpec().endSpec();
        if (parts[0].equals("onDelete")) {
            return set.editSpec()
                    .withNewUpdateStrategy()
                    .withType("OnDelete")
                    .endUpdateStrategy()
                    .endSpec()
                    .build();
        }
        IntOrString share =
                parts[1].endsWith("%")
                        ? new IntOrString(parts[1])
                        : new IntOrString(Integer.valueOf(parts[1]));
        boolean surge = parts[0].equals("surge");
        return set.editSpec()
                .withNewUpdateStrategy()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                .withMaxSurge(surge ? share : new IntOrString(0))
                .withMaxUnavailable(surge ? new IntOrString(0) : share)
                .endRollingUpdate()
                .endUpdateStrategy()
                .endSpec()
                .build();
    }

    private static Pod pod(String node, String name, String text) {
        String[] parts = text.split("@");
        String state = parts[0];
        PodBuilder pod =
                new PodBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .addToLabels(DaemonPodStamp.HASH_LABEL, parts[1])
                        .withDeletionTimestamp(state.equals("ending") ? NOW.toString() : null)
                        .endMetadata()
                        .withNewSpec()
                        .withNodeName(state.equals("unbound") ? null : node)
                        .endSpec()
                        .withNewStatus()
                        .withPhase(
                                switch (state) {
                                    case "failed" -> "Failed";
                                    case "succeeded" -> "Succeeded";
                                    default -> "Running";
                                })
                        .endStatus();
        if (state.equals("ready") || state.equals("ending")) {
            pod.editStatus()
                    .addNewCondition()
                    .withType("Ready")
                    .withStatus("True")
                    .withLastTransitionTime(NOW.minusSeconds(30).toString())
                    .endCondition()
                    .endStatus();
        }
        return pod.build();
    }

    private static String text(DaemonPlan plan) {
        List<String> parts = new ArrayList<>();
        if (!plan.fill().isEmpty()) {
            parts.add("fill " + String.join(" ", plan.fill()));
        }
        if (!plan.remove().isEmpty()) {
            parts.add("remove " + names(plan.remove()));
        }
        if (!plan.ended().isEmpty()) {
            parts.add("ended " + names(plan.ended()));
        }
        return String.join(", ", parts);
    }

    private static String names(List<Pod> pods) {
        return String.join(
                " ", pods.stream().map(pod -> pod.getMetadata().getName()).sorted().toList());
    }
}
