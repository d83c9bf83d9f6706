package dev.orrery.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.machinery.log.GroupResource;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The scheduler as a whole, with an api-server in memory. Law:
 * https://kubernetes.io/docs/concepts/scheduling-eviction/kube-scheduler/
 */
class SchedulerTest {

    private final FakeCluster cluster = new FakeCluster();

    @Test
    void bindsPodAndTellsWhere() {
        cluster.put(Make.node("node-2"), Make.pod("web-1").build());

        assertThat(cluster.nodeOf("web-1")).isEqualTo("node-2");
        assertThat(cluster.scheduled("web-1")).isEqualTo("True");
        assertThat(cluster.events)
                .containsExactly(
                        "web-1 Normal Scheduled: Successfully assigned default/web-1 to node-2");
    }

    @Test
    void spreadsPodsOverNodes() {
        cluster.put(Make.node("a"), Make.node("b"), Make.node("c"));
        for (int i = 0; i < 9; i++) {
            cluster.put(Make.cpu("pod-" + i, "500m"));
        }

        assertThat(podsByNode()).containsExactlyInAnyOrderEntriesOf(Map.of("a", 3, "b", 3, "c", 3));
    }

    @Test
    void countsAssumedPodsBeforeTheirBindingIsDone() {
        cluster.informers.put(Make.node("a", "1", "1Gi"));
        cluster.informers.put(Make.node("b", "1", "1Gi"));
        cluster.informers.put(Make.cpu("one", "1"));
        cluster.informers.put(Make.cpu("two", "1"));
        cluster.settle();

        assertThat(List.of(cluster.nodeOf("one"), cluster.nodeOf("two")))
                .containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void tellsWhyPodFitsNowhere() {
        cluster.put(
                Make.node("a", "1", "1Gi"),
                Make.tainted(Make.node("b"), "dedicated", "db", "NoSchedule"),
                Make.tainted(Make.node("c"), "dedicated", "web", "NoExecute"),
                Make.cpu("big", "2"));

        String message =
                "0/3 nodes are available: 1 Insufficient cpu, 2 node(s) had untolerated taint(s).";
        assertThat(cluster.scheduled("big")).startsWith("False Unschedulable " + message);
        assertThat(cluster.events)
                .singleElement()
                .asString()
                .startsWith("big Warning FailedScheduling: " + message);
    }

    @Test
    void tellsThatThereAreNoNodes() {
        cluster.put(Make.pod("web-1").build());

        assertThat(cluster.scheduled("web-1"))
                .isEqualTo("False Unschedulable no nodes available to schedule pods");
    }

    @Test
    void triesAgainWhenNodeIsAdded() {
        cluster.put(Make.node("a", "1", "1Gi"), Make.cpu("big", "2"));
        assertThat(cluster.nodeOf("big")).isEmpty();

        cluster.put(Make.node("b", "4", "8Gi"));

        assertThat(cluster.nodeOf("big")).isEqualTo("b");
    }

    @Test
    void sleepsThroughChangesThatCannotHelp() {
        cluster.put(Make.node("a", "1", "1Gi"), Make.cpu("big", "2"));
        int tries = cluster.events.size();

        cluster.put(Make.labelled(Make.node("a", "1", "1Gi"), "disk", "ssd"));
        cluster.put(Make.node("b", "1500m", "8Gi"));

        assertThat(cluster.events).hasSize(tries);
    }

    @Test
    void sleepsThroughPodsThatLeaveTooLittleRoom() {
        cluster.put(Make.node("a", "2", "8Gi"), Make.cpu("one", "1"), Make.cpu("two", "1"));
        cluster.put(Make.cpu("big", "2"));
        cluster.delete(cluster.pod("one"));
        assertThat(failures("big")).isEqualTo(1);

        cluster.delete(cluster.pod("two"));

        assertThat(cluster.nodeOf("big")).isEqualTo("a");
    }

    @Test
    void triesAgainAfterFiveMinutesWhateverHappened() {
        cluster.put(Make.node("a", "1", "1Gi"), Make.cpu("big", "2"));
        assertThat(cluster.events).hasSize(1);

        cluster.pass(Duration.ofMinutes(4));
        assertThat(cluster.events).hasSize(1);
        cluster.pass(Duration.ofMinutes(1));

        assertThat(cluster.events).hasSize(2);
    }

    @Test
    void givesRoomOfPodThatIsGoneToPodThatWaits() {
        cluster.put(Make.node("a", "1", "1Gi"), Make.cpu("first", "1"));
        cluster.put(Make.cpu("second", "1"));
        assertThat(cluster.nodeOf("second")).isEmpty();

        cluster.delete(cluster.pod("first"));

        assertThat(cluster.nodeOf("second")).isEqualTo("a");
    }

    @Test
    void givesRoomOfPodThatIsOverToPodThatWaits() {
        cluster.put(Make.node("a", "1", "1Gi"), Make.cpu("first", "1"), Make.cpu("second", "1"));

        cluster.put(
                cluster.pod("first")
                        .edit()
                        .editStatus()
                        .withPhase("Succeeded")
                        .endStatus()
                        .build());

        assertThat(cluster.nodeOf("second")).isEqualTo("a");
    }

    @Test
    void forgetsPodWhoseBindingFailedAndTriesAgainAfterBackoff() {
        cluster.put(Make.node("a", "1", "1Gi"));
        cluster.unanswered = call -> call.subresource().equals("binding");
        cluster.put(Make.cpu("first", "1"));
        assertThat(cluster.scheduled("first"))
                .isEqualTo("False SchedulerError running Bind plugin \"DefaultBinder\": no answer");
        cluster.unanswered = call -> false;
        cluster.settle();
        assertThat(cluster.nodeOf("first")).isEmpty();

        cluster.pass(Duration.ofSeconds(1));

        assertThat(cluster.nodeOf("first")).isEqualTo("a");
    }

    @Test
    void doesNotBindTwiceWhenAnswerWasLost() {
        cluster.put(Make.node("a"));
        cluster.unanswered =
                call -> {
                    if (call.subresource().equals("binding")) {
                        cluster.informers.put(Make.on(cluster.pod("web-1"), "a"));
                        return true;
                    }
                    return false;
                };
        cluster.put(Make.cpu("web-1", "1"));
        cluster.pass(Duration.ofMinutes(10));

        assertThat(cluster.nodeOf("web-1")).isEqualTo("a");
        assertThat(cluster.calls).hasSize(1);
    }

    @Test
    void leavesPodsOfOtherSchedulersAlone() {
        Pod pod = Make.pod("other").editSpec().withSchedulerName("mine").endSpec().build();

        cluster.put(Make.node("a"), pod);

        assertThat(cluster.calls).isEmpty();
    }

    @Test
    void waitsForSchedulingGates() {
        Pod gated =
                Make.pod("gated")
                        .editSpec()
                        .addNewSchedulingGate("example.com/a")
                        .endSpec()
                        .build();
        cluster.put(Make.node("a"), gated);
        assertThat(cluster.nodeOf("gated")).isEmpty();
        assertThat(cluster.events).isEmpty();

        cluster.put(
                gated.edit()
                        .editMetadata()
                        .withGeneration(2L)
                        .endMetadata()
                        .editSpec()
                        .withSchedulingGates(List.of())
                        .endSpec()
                        .build());

        assertThat(cluster.nodeOf("gated")).isEqualTo("a");
    }

    @Test
    void servesHigherPriorityFirst() {
        cluster.informers.put(Make.node("a", "1", "1Gi"));
        cluster.informers.put(Make.cpu("low", "1"));
        cluster.informers.put(
                Make.pod("high", Map.of("cpu", "1")).editSpec().withPriority(10).endSpec().build());
        cluster.settle();

        assertThat(cluster.nodeOf("high")).isEqualTo("a");
        assertThat(cluster.nodeOf("low")).isEmpty();
    }

    @Test
    void decidesNothingWhileStopped() {
        cluster.scheduler.stop();
        cluster.put(Make.node("a"), Make.pod("web-1").build());
        assertThat(cluster.calls).isEmpty();

        cluster.scheduler.start();
        cluster.settle();

        assertThat(cluster.nodeOf("web-1")).isEqualTo("a");
    }

    @Test
    void drawsAmongEquallyGoodNodesBySeed() {
        assertThat(placements(1)).isEqualTo(placements(1)).isNotEqualTo(placements(2));
    }

    @Test
    void declaresWhatItReactsTo() {
        cluster.put(Make.node("a"), Make.pod("web-1").build());

        assertThat(cluster.calls)
                .singleElement()
                .satisfies(call -> {
                    assertThat(call.origin().cause()).containsExactly(2L);
                    assertThat(call.origin().seen()).isEqualTo(2L);
                    assertThat(new GroupResource(call.group(), call.resource()))
                            .isEqualTo(new GroupResource("", "pods"));
                });
    }

    private long failures(String pod) {
        return cluster.events.stream()
                .filter(each -> each.startsWith(pod + " Warning FailedScheduling"))
                .count();
    }

    private static Map<String, String> placements(long seed) {
        FakeCluster own = new FakeCluster(SchedulerConfig.DEFAULT, seed);
        for (int i = 0; i < 10; i++) {
            own.informers.put(Make.node("node-" + i));
        }
        Map<String, String> placements = new HashMap<>();
        for (int i = 0; i < 10; i++) {
            own.put(Make.cpu("pod-" + i, "100m"));
            placements.put("pod-" + i, own.nodeOf("pod-" + i));
        }
        return placements;
    }

    private Map<String, Integer> podsByNode() {
        Map<String, Integer> counts = new HashMap<>();
        for (Pod pod : cluster.informers.of(Pod.class).list()) {
            counts.merge(pod.getSpec().getNodeName(), 1, Integer::sum);
        }
        return counts;
    }
}
