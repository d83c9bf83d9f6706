package dev.orrery.scheduler.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.scheduler.Make;
import dev.orrery.scheduler.cluster.Cluster;
import dev.orrery.scheduler.cluster.NodeInfo;
import dev.orrery.scheduler.cluster.PodInfo;
import dev.orrery.scheduler.framework.CycleState;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodAffinityTerm;
import io.fabric8.kubernetes.api.model.PodAffinityTermBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Law:
 * https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#inter-pod-affinity-and-anti-affinity
 */
class InterPodAffinityTest {

    private static final String HOST = "kubernetes.io/hostname";
    private static final String ZONE = "topology.kubernetes.io/zone";
    private static final String NO_AFFINITY = "node(s) didn't match pod affinity rules!";
    private static final String NO_ANTI_AFFINITY = "node(s) didn't match pod anti-affinity rules";
    private static final String EXISTING =
            "node(s) didn't satisfy existing pods anti-affinity rules";

    private final Cluster cluster = new Cluster(this::labels);
    private final InterPodAffinity plugin = new InterPodAffinity(cluster, this::labels);

    private Map<String, String> labels(String namespace) {
        return Map.of("team", namespace);
    }

    /** Nodes a1 and a2 in zone a, b1 in zone b. */
    @BeforeEach
    void nodes() {
        cluster.observe(Make.labelled(Make.node("a1"), ZONE, "a"));
        cluster.observe(Make.labelled(Make.node("a2"), ZONE, "a"));
        cluster.observe(Make.labelled(Make.node("b1"), ZONE, "b"));
    }

    @Test
    void affinityBringsPodIntoTheTopologyOfTheOther() {
        run("cache", "default", "a1");

        assertThat(verdicts(with("web", term("cache", ZONE))))
                .containsExactly(Verdicts.FITS, NO_AFFINITY, Verdicts.FITS);
        assertThat(verdicts(with("web", term("cache", HOST))))
                .containsExactly(Verdicts.FITS, NO_AFFINITY, NO_AFFINITY);
    }

    @Test
    void firstPodOfGroupMayGoAnywhere() {
        assertThat(verdicts(with("cache", term("cache", ZONE)))).containsOnly(Verdicts.FITS);
        assertThat(verdicts(with("web", term("cache", ZONE)))).containsOnly(NO_AFFINITY);
    }

    @Test
    void antiAffinityKeepsPodsApart() {
        run("web", "default", "a1");

        assertThat(verdicts(apart("web", term("web", HOST))))
                .containsExactly(NO_ANTI_AFFINITY, Verdicts.FITS, Verdicts.FITS);
        assertThat(verdicts(apart("web", term("web", ZONE))))
                .containsExactly(NO_ANTI_AFFINITY, Verdicts.FITS, NO_ANTI_AFFINITY);
    }

    @Test
    void antiAffinityOfRunningPodsCountsToo() {
        cluster.observe(PodInfo.of(apart("db", term("web", ZONE))), "a1");

        assertThat(
                        verdicts(
                                Make.pod("p")
                                        .editMetadata()
                                        .addToLabels("app", "web")
                                        .endMetadata()
                                        .build()))
                .containsExactly(EXISTING, Verdicts.FITS, EXISTING);
    }

    @Test
    void termsMeanTheirNamespaces() {
        run("cache", "other", "a1");

        assertThat(verdicts(with("web", term("cache", HOST)))).containsOnly(NO_AFFINITY);
        PodAffinityTerm byName =
                new PodAffinityTermBuilder(term("cache", HOST)).withNamespaces("other").build();
        PodAffinityTerm bySelector =
                new PodAffinityTermBuilder(term("cache", HOST))
                        .withNewNamespaceSelector()
                        .addToMatchLabels("team", "other")
                        .endNamespaceSelector()
                        .build();
        for (PodAffinityTerm term : List.of(byName, bySelector)) {
            assertThat(verdicts(with("web", term)))
                    .containsExactly(Verdicts.FITS, NO_AFFINITY, NO_AFFINITY);
        }
    }

    @Test
    void countsFollowPodsThatComeAndGo() {
        Pod web = with("web", term("cache", HOST));
        PodInfo cache = run("cache", "default", "a1");
        assertThat(verdicts(web).getFirst()).isEqualTo(Verdicts.FITS);

        cluster.removePod(cache.uid());
        assertThat(verdicts(web)).containsOnly(NO_AFFINITY);
        cluster.observe(cache, "b1");

        assertThat(verdicts(web)).containsExactly(NO_AFFINITY, Verdicts.FITS, NO_AFFINITY);
    }

    @Test
    void preferencesOfBothSidesAddUp() {
        run("cache", "default", "a1");
        Pod likesWeb =
                Make.pod("fan")
                        .editSpec()
                        .withAffinity(preferring(term("web", HOST), 30))
                        .endSpec()
                        .build();
        cluster.observe(PodInfo.of(likesWeb), "b1");
        Pod web =
                Make.pod("p")
                        .editMetadata()
                        .addToLabels("app", "web")
                        .endMetadata()
                        .editSpec()
                        .withAffinity(preferring(term("cache", HOST), 60))
                        .endSpec()
                        .build();

        assertThat(scores(web)).containsExactly(100L, 50L, 0L);
    }

    /** In the order in which nodes are tried: a1, b1, a2. */
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

    private PodInfo run(String app, String namespace, String node) {
        PodInfo pod =
                PodInfo.of(
                        Make.pod(app + "-" + node)
                                .editMetadata()
                                .withNamespace(namespace)
                                .addToLabels("app", app)
                                .endMetadata()
                                .build());
        cluster.observe(pod, node);
        return Objects.requireNonNull(cluster.placed(pod.uid()));
    }

    private static Pod with(String app, PodAffinityTerm term) {
        return Make.pod("p")
                .editMetadata()
                .addToLabels("app", app)
                .endMetadata()
                .editSpec()
                .withNewAffinity()
                .withNewPodAffinity()
                .withRequiredDuringSchedulingIgnoredDuringExecution(term)
                .endPodAffinity()
                .endAffinity()
                .endSpec()
                .build();
    }

    private static Pod apart(String app, PodAffinityTerm term) {
        return Make.pod("p-" + app)
                .editMetadata()
                .addToLabels("app", app)
                .endMetadata()
                .editSpec()
                .withNewAffinity()
                .withNewPodAntiAffinity()
                .withRequiredDuringSchedulingIgnoredDuringExecution(term)
                .endPodAntiAffinity()
                .endAffinity()
                .endSpec()
                .build();
    }

    private static Affinity preferring(PodAffinityTerm term, int weight) {
        return new AffinityBuilder()
                .withNewPodAffinity()
                .addNewPreferredDuringSchedulingIgnoredDuringExecution()
                .withWeight(weight)
                .withPodAffinityTerm(term)
                .endPreferredDuringSchedulingIgnoredDuringExecution()
                .endPodAffinity()
                .build();
    }

    private static PodAffinityTerm term(String app, String topologyKey) {
        return new PodAffinityTermBuilder()
                .withNewLabelSelector()
                .addToMatchLabels("app", app)
                .endLabelSelector()
                .withTopologyKey(topologyKey)
                .build();
    }
}
