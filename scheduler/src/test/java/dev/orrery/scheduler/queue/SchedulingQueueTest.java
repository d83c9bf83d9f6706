package dev.orrery.scheduler.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.machinery.informer.ChangeHandler.Change;
import dev.orrery.machinery.time.ManualClock;
import dev.orrery.scheduler.Make;
import dev.orrery.scheduler.cluster.Cluster;
import dev.orrery.scheduler.cluster.PodInfo;
import dev.orrery.scheduler.framework.Bind;
import dev.orrery.scheduler.framework.ClusterEvent;
import dev.orrery.scheduler.framework.Framework;
import dev.orrery.scheduler.framework.QueuedPod;
import dev.orrery.scheduler.plugin.NodeResourcesFit;
import dev.orrery.scheduler.plugin.PrioritySort;
import dev.orrery.scheduler.plugin.SchedulingGates;
import io.fabric8.kubernetes.api.model.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Law: https://kubernetes.io/docs/concepts/scheduling-eviction/scheduling-framework/ (queueing).
 */
class SchedulingQueueTest {

    private static final Change CHANGE = new Change(7, "");
    private static final Set<String> FIT = Set.of("NodeResourcesFit");

    private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T10:00:00Z"));
    private final Cluster cluster = new Cluster(namespace -> Map.of());
    private final SchedulingQueue queue =
            new SchedulingQueue(
                    clock,
                    new Framework(
                            cluster,
                            List.of(
                                    new PrioritySort(),
                                    new SchedulingGates(),
                                    new NodeResourcesFit(cluster),
                                    new NoBind())),
                    Backoff.DEFAULT);

    private static final class NoBind implements Bind {
        @Override
        public void bind(PodInfo pod, String node) {}
    }

    @Test
    void popsByPriorityAndThenByAge() {
        add(pod("old", 0));
        add(pod("important", 100));
        clock.advance(Duration.ofSeconds(1));
        add(pod("young", 0));

        assertThat(List.of(popped(), popped(), popped()))
                .containsExactly("important", "old", "young");
        assertThat(queue.pop()).isNull();
    }

    @Test
    void podThatFoundNoNodeWaitsForAnEventThatMayHelp() {
        add(pod("big", 0));
        queue.foundNoNode(pop(), FIT);
        assertThat(queue.hasNext()).isFalse();

        queue.happened(added(Make.node("tiny", "1", "1Gi")), CHANGE);
        assertThat(queue.hasNext()).isFalse();
        queue.happened(added(Make.node("large", "8", "8Gi")), CHANGE);

        assertThat(pop().cause()).isEqualTo(CHANGE);
    }

    @Test
    void podThatFoundNoNodeIsTriedEarlyWhenNothingElseIsToDo() {
        add(pod("big", 0));
        queue.foundNoNode(pop(), FIT);
        queue.happened(added(Make.node("large", "8", "8Gi")), CHANGE);
        add(pod("other", 0));

        assertThat(List.of(popped(), popped())).containsExactly("other", "big");
    }

    @Test
    void podThatFailedRestsOneSecondDoublingToTen() {
        add(pod("web", 0));
        for (int seconds : List.of(1, 2, 4, 8, 10, 10)) {
            queue.failed(pop());
            assertThat(queue.nextDue()).contains(clock.instant().plusSeconds(seconds));
            clock.advance(Duration.ofSeconds(seconds).minusMillis(1));
            assertThat(queue.hasNext()).isFalse();
            clock.advance(Duration.ofMillis(1));
            assertThat(queue.hasNext()).isTrue();
        }
    }

    @Test
    void podIsTriedAgainAfterFiveMinutes() {
        add(pod("big", 0));
        queue.foundNoNode(pop(), FIT);
        assertThat(queue.nextDue()).contains(clock.instant().plus(Duration.ofMinutes(5)));

        clock.advance(Duration.ofMinutes(5));
        queue.endLongWaits();

        assertThat(popped()).isEqualTo("big");
    }

    @Test
    void podWithGatesIsNotTriedUntilTheyAreGone() {
        PodInfo gated =
                PodInfo.of(
                        Make.pod("gated")
                                .editSpec()
                                .addNewSchedulingGate("example.com/quota")
                                .endSpec()
                                .build());
        add(gated);
        assertThat(queue.hasNext()).isFalse();
        assertThat(queue.gatedCount()).isEqualTo(1);

        add(pod("gated", 0));

        assertThat(popped()).isEqualTo("gated");
    }

    @Test
    void changedPodIsTriedAgainIfItAsksForLess() {
        add(cpu("web", "4"));
        queue.foundNoNode(pop(), FIT);

        add(cpu("web", "4"));
        assertThat(queue.hasNext()).isFalse();
        add(cpu("web", "2"));

        assertThat(popped()).isEqualTo("web");
    }

    @Test
    void removedPodIsNowhere() {
        for (int i = 0; i < 4; i++) {
            add(pod("pod-" + i, 0));
        }
        queue.foundNoNode(pop(), FIT);
        queue.failed(pop());
        for (int i = 0; i < 4; i++) {
            queue.remove("uid-pod-" + i);
        }

        assertThat(queue.size()).isZero();
        assertThat(queue.nextDue()).isEmpty();
        assertThat(queue.hasNext()).isFalse();
    }

    private void add(PodInfo pod) {
        queue.observe(pod, CHANGE);
    }

    private QueuedPod pop() {
        return Objects.requireNonNull(queue.pop());
    }

    private String popped() {
        return pop().pod().name();
    }

    private ClusterEvent added(Node node) {
        cluster.observe(node);
        return new ClusterEvent.NodeChanged(null, node, Set.of(ClusterEvent.NodeChange.ADDED));
    }

    private static PodInfo pod(String name, int priority) {
        return PodInfo.of(
                Make.pod(name, Map.of("cpu", "2"))
                        .editSpec()
                        .withPriority(priority)
                        .endSpec()
                        .build());
    }

    private static PodInfo cpu(String name, String amount) {
        return PodInfo.of(Make.cpu(name, amount));
    }
}
