package dev.orrery.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.machinery.store.Deletion;
import dev.orrery.machinery.store.StoreClient;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RolloutTest {

    private static final int REPLICAS = 50;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String LOST = "node-7";

    /** Printed beside what it took; machines differ too much to fail a test by it. */
    private static final Duration BUDGET = Duration.ofSeconds(2);

    @Test
    void fiftyReplicasRollAndSurviveANodeInVirtualMinutes() {
        rollAndLoseANode(1); // The classes are loaded and the schema is read.

        long begun = System.nanoTime();
        Workbench workbench = rollAndLoseANode(2);
        Duration took = Duration.ofNanos(System.nanoTime() - begun);

        Instant first = workbench.history().getFirst().header().time();
        System.out.printf(
                "50 replicas on 10 nodes: %d records, %d s of virtual time in %d ms (budget %d ms)%n",
                workbench.history().size(),
                Duration.between(first, workbench.now()).toSeconds(),
                took.toMillis(),
                BUDGET.toMillis());
        assertThat(Duration.between(first, workbench.now())).isLessThan(Duration.ofMinutes(10));
    }

    private static Workbench rollAndLoseANode(long seed) {
        Workbench workbench = Workbench.start(seed, 10, Faults.NONE);
        WebDeployment web = WebDeployment.create(workbench, REPLICAS, "nginx:1.16");
        settle(web, "nginx:1.16");
        web.setImage("nginx:1.17");
        settle(web, "nginx:1.17");
        lose(workbench);
        settle(web, "nginx:1.17");
        assertThat(podsOn(workbench, LOST)).isEmpty();
        return workbench;
    }

    private static void settle(WebDeployment web, String image) {
        assertThat(web.settles(image, PATIENCE))
                .as(() -> Story.tell(web.workbench().history(), 12))
                .isTrue();
    }

    /** A machine that is gone for good: the administrator says so, and removes what ran there. */
    private static void lose(Workbench workbench) {
        StoreClient admin = workbench.admin();
        List<Pod> lost = podsOn(workbench, LOST);
        assertThat(lost).isNotEmpty();
        workbench.cutOff(LOST);
        admin.delete(Node.class, "", LOST, Deletion.ANY);
        for (Pod pod : lost) {
            admin.delete(
                    Pod.class,
                    "default",
                    pod.getMetadata().getName(),
                    Deletion.of(pod.getMetadata().getUid()).withGracePeriod(0));
        }
    }

    private static List<Pod> podsOn(Workbench workbench, String node) {
        return workbench.admin().list(Pod.class, "default").stream()
                .filter(pod -> node.equals(pod.getSpec().getNodeName()))
                .toList();
    }
}
