package dev.orrery.scheduler.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.machinery.reconcile.Key;
import dev.orrery.scheduler.Make;
import dev.orrery.scheduler.cluster.Cluster;
import dev.orrery.scheduler.cluster.NodeInfo;
import dev.orrery.scheduler.cluster.PodInfo;
import dev.orrery.scheduler.framework.CycleState;
import dev.orrery.scheduler.framework.Status;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Law: https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/ */
class PodTopologySpreadTest {

    private static final String SKEWED = "node(s) didn't match pod topology spread constraints";
    private static final String UNLABELLED = SKEWED + " (missing required label)!";

    private final Cluster cluster = new Cluster(namespace -> Map.of());
    private final WorkloadSelectors workloads = new WorkloadSelectors();
    private final PodTopologySpread plugin = new PodTopologySpread(cluster, workloads);
    private int pods;

    /**
     * Nodes a1 and a2 in zone a, b1 in zone b, none outside; tried in the order none, a1, b1, a2.
     */
    @BeforeEach
    void nodes() {
        cluster.observe(Make.labelled(Make.node("a1"), SpreadConstraint.ZONE, "a"));
        cluster.observe(Make.labelled(Make.node("a2"), SpreadConstraint.ZONE, "a"));
        cluster.observe(Make.labelled(Make.node("b1"), SpreadConstraint.ZONE, "b"));
        cluster.observe(Make.node("none"));
    }

    @Test
    void holdsSkewBetweenZones() {
        run("a1");
        run("a2");
        run("b1");

        assertThat(verdicts(spread(1, "DoNotSchedule", 1)))
                .containsExactly(UNLABELLED, SKEWED, Verdicts.FITS, SKEWED);
        assertThat(verdicts(spread(2, "DoNotSchedule", 1)))
                .containsExactly(UNLABELLED, Verdicts.FITS, Verdicts.FITS, Verdicts.FITS);
    }

    @Test
    void tooFewDomainsCountAsIfOneWereEmpty() {
        run("a1");
        run("b1");

        assertThat(verdicts(spread(1, "DoNotSchedule", 2)))
                .containsExactly(UNLABELLED, Verdicts.FITS, Verdicts.FITS, Verdicts.FITS);
        assertThat(verdicts(spread(1, "DoNotSchedule", 3)))
                .containsExactly(UNLABELLED, SKEWED, SKEWED, SKEWED);
    }

    @Test
    void terminatingPodsDoNotCount() {
        Pod leaving =
                web().editMetadata()
                        .withName("leaving")
                        .withUid("leaving")
                        .withDeletionTimestamp("2026-03-01T10:00:00Z")
                        .endMetadata()
                        .build();
        cluster.observe(PodInfo.of(leaving), "a1");

        assertThat(verdicts(spread(1, "DoNotSchedule", 1)))
                .containsExactly(UNLABELLED, Verdicts.FITS, Verdicts.FITS, Verdicts.FITS);
    }

    @Test
    void zonesThatPodMayNotGoToDoNotCount() {
        run("a1");
        Pod pod =
                spread(1, "DoNotSchedule", 1)
                        .edit()
                        .editSpec()
                        .addToNodeSelector(SpreadConstraint.ZONE, "a")
                        .endSpec()
                        .build();

        assertThat(verdicts(pod).get(1)).isEqualTo(Verdicts.FITS);
    }

    @Test
    void prefersEmptierZone() {
        run("a1");
        run("a1");
        run("b1");

        assertThat(scores(spread(1, "ScheduleAnyway", 1))).containsExactly(0L, 33L, 100L, 33L);
    }

    @Test
    void prefersNodesWithFewerPodsOfTheSameService() {
        workloads.service(
                new Key("default", "web"),
                new ServiceBuilder().withNewSpec().addToSelector("app", "web").endSpec().build());
        run("a1");
        run("a1");
        run("a1");

        List<Long> scores = scores(web().build());

        assertThat(scores.get(1)).isLessThan(scores.get(3));
        assertThat(scores.get(3)).isLessThan(scores.get(2));
    }

    @Test
    void saysNothingOfPodsThatBelongToNothing() {
        assertThat(plugin.preScore(new CycleState(), PodInfo.of(web().build()), cluster.nodes()))
                .isEqualTo(Status.SKIP);
    }

    private List<String> verdicts(Pod pod) {
        return cluster.nodes().stream()
                .map(node -> Verdicts.of(plugin, PodInfo.of(pod), node))
                .toList();
    }

    private List<Long> scores(Pod pod) {
        CycleState state = new CycleState();
        List<NodeInfo> nodes = cluster.nodes();
        plugin.preScore(state, PodInfo.of(pod), nodes);
        long[] scores = new long[nodes.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = plugin.score(state, PodInfo.of(pod), nodes.get(i));
        }
        plugin.normalize(state, nodes, scores);
        List<Long> result = new ArrayList<>();
        for (long score : scores) {
            result.add(score);
        }
        return result;
    }

    private void run(String node) {
        String name = "web-" + pods++;
        cluster.observe(
                PodInfo.of(web().editMetadata().withName(name).withUid(name).endMetadata().build()),
                node);
    }

    private static PodBuilder web() {
        return Make.pod("web").editMetadata().addToLabels("app", "web").endMetadata();
    }

    private static Pod spread(int maxSkew, String whenUnsatisfiable, int minDomains) {
        return web().editSpec()
                .addNewTopologySpreadConstraint()
                .withMaxSkew(maxSkew)
                .withTopologyKey(SpreadConstraint.ZONE)
                .withWhenUnsatisfiable(whenUnsatisfiable)
                .withMinDomains(minDomains)
                .withNewLabelSelector()
                .addToMatchLabels("app", "web")
                .endLabelSelector()
                .endTopologySpreadConstraint()
                .endSpec()
                .build();
    }
}
