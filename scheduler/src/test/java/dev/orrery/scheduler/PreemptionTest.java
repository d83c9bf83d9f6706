package dev.orrery.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Law: https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/ */
class PreemptionTest {

    private final FakeCluster cluster = new FakeCluster();

    @Test
    void evictsLessImportantPodAndTakesItsPlace() {
        cluster.put(Make.node("a", "1", "1Gi"));
        cluster.put(running("low", "1", 1, "a"));
        cluster.put(pending("high", "1", 10));

        assertThat(cluster.condition("low", "DisruptionTarget"))
                .isEqualTo(
                        "True PreemptionByScheduler default-scheduler: preempting to accommodate a"
                                + " higher priority pod");
        assertThat(cluster.pod("low").getMetadata().getDeletionTimestamp()).isNotNull();
        assertThat(cluster.pod("high").getStatus().getNominatedNodeName()).isEqualTo("a");
        assertThat(cluster.scheduled("high"))
                .isEqualTo("False Unschedulable 0/1 nodes are available: 1 Insufficient cpu.");

        cluster.delete(cluster.pod("low"));

        assertThat(cluster.nodeOf("high")).isEqualTo("a");
        assertThat(cluster.events)
                .contains(
                        "low Normal Preempted: Preempted by pod uid-high on node a",
                        "high Normal Scheduled: Successfully assigned default/high to a");
    }

    @Test
    void tellsThatNobodyCanBeTakenOff() {
        cluster.put(
                Make.node("a", "1", "1Gi"),
                Make.node("b", "1", "1Gi"),
                Make.tainted(Make.node("c"), "dedicated", "", "NoSchedule"),
                running("one", "1", 0, "a"),
                running("two", "1", 0, "b"),
                pending("three", "1", 0));

        assertThat(cluster.scheduled("three"))
                .isEqualTo(
                        "False Unschedulable 0/3 nodes are available: 1 node(s) had untolerated"
                                + " taint(s), 2 Insufficient cpu. no new claims to deallocate,"
                                + " preemption: 0/3 nodes are available: 1 Preemption is not helpful"
                                + " for scheduling, 2 No preemption victims found for incoming pod.");
    }

    @Test
    void tellsThatNoNodeIsLargeEnough() {
        cluster.put(
                Make.node("a", "1", "1Gi"), running("low", "1", 0, "a"), pending("big", "64", 10));

        assertThat(cluster.scheduled("big"))
                .endsWith(
                        "preemption: 0/1 nodes are available: 1 Preemption is not helpful for"
                                + " scheduling.");
        assertThat(cluster.pod("low").getMetadata().getDeletionTimestamp()).isNull();
    }

    @Test
    void respectsPodsThatNeverPreempt() {
        Pod polite =
                pending("polite", "1", 10)
                        .edit()
                        .editSpec()
                        .withPreemptionPolicy("Never")
                        .endSpec()
                        .build();
        cluster.put(Make.node("a", "1", "1Gi"), running("low", "1", 0, "a"), polite);

        assertThat(cluster.scheduled("polite"))
                .endsWith("preemption: not eligible due to preemptionPolicy=Never.");
    }

    @Test
    void takesNoMorePodsThanNeededAndTheLeastImportant() {
        cluster.put(Make.node("a", "3", "8Gi"));
        cluster.put(
                running("middle", "1", 5, "a"),
                running("low", "1", 1, "a"),
                running("lowest", "1", 0, "a"));

        cluster.put(pending("high", "2", 10));

        assertThat(terminating()).containsExactlyInAnyOrder("low", "lowest");
    }

    @Test
    void choosesNodeWhereNoBudgetIsBroken() {
        cluster.put(
                Make.node("a", "1", "8Gi"),
                Make.node("b", "1", "8Gi"),
                labelled(running("guarded", "1", 0, "a"), "app", "db"),
                running("free", "1", 1, "b"),
                new PodDisruptionBudgetBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName("db")
                        .endMetadata()
                        .withNewSpec()
                        .withMinAvailable(new IntOrString(1))
                        .withNewSelector()
                        .addToMatchLabels("app", "db")
                        .endSelector()
                        .endSpec()
                        .withNewStatus()
                        .withDisruptionsAllowed(0)
                        .endStatus()
                        .build());

        cluster.put(pending("high", "1", 10));

        assertThat(terminating()).containsExactly("free");
    }

    @Test
    void keepsTheRoomForThePreemptor() {
        cluster.put(Make.node("a", "1", "1Gi"), running("low", "1", 0, "a"));
        cluster.put(pending("high", "1", 10));
        cluster.informers.put(pending("middle", "1", 5));

        cluster.delete(cluster.pod("low"));

        assertThat(cluster.nodeOf("high")).isEqualTo("a");
        assertThat(cluster.nodeOf("middle")).isEmpty();
    }

    @Test
    void doesNotPreemptTwiceWhileVictimsTerminate() {
        cluster.put(Make.node("a", "1", "1Gi"), Make.node("b", "1", "1Gi"));
        cluster.put(running("one", "1", 0, "a"), running("two", "1", 0, "b"));
        cluster.put(pending("high", "1", 10));
        assertThat(terminating()).hasSize(1);

        cluster.pass(Duration.ofMinutes(6));

        assertThat(terminating()).hasSize(1);
    }

    private List<String> terminating() {
        return cluster.informers.of(Pod.class).list().stream()
                .filter(each -> each.getMetadata().getDeletionTimestamp() != null)
                .map(each -> each.getMetadata().getName())
                .toList();
    }

    private static Pod pending(String name, String cpu, int priority) {
        return Make.pod(name, Map.of("cpu", cpu))
                .editSpec()
                .withPriority(priority)
                .endSpec()
                .build();
    }

    private static Pod running(String name, String cpu, int priority, String node) {
        return Make.on(pending(name, cpu, priority), node);
    }

    private static Pod labelled(Pod pod, String key, String value) {
        return pod.edit().editMetadata().addToLabels(key, value).endMetadata().build();
    }
}
