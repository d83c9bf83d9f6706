package dev.orrery.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Law: the page "Pod Lifecycle" of Kubernetes' documentation. */
class KubeletPoolTest {

    private final World world = World.ofNodes(2);

    @Test
    void registersNodesThatAreReady() {
        Node node = world.api.read(Node.class, "", "node-2");

        assertThat(node.getMetadata().getLabels())
                .containsEntry("kubernetes.io/hostname", "node-2");
        assertThat(node.getSpec().getPodCIDR()).isEqualTo("10.244.1.0/24");
        assertThat(node.getStatus().getConditions())
                .filteredOn(each -> each.getType().equals("Ready"))
                .singleElement()
                .satisfies(ready -> {
                    assertThat(ready.getStatus()).isEqualTo("True");
                    assertThat(ready.getReason()).isEqualTo("KubeletReady");
                });
    }

    @Test
    void renewsEachLeaseEveryTenSeconds() {
        world.pass(11);
        long before = renewals();
        world.pass(100);
        assertThat(renewals() - before).isEqualTo(20);
        assertThat(world.api.read(Lease.class, "kube-node-lease", "node-1").getSpec())
                .satisfies(spec -> {
                    assertThat(spec.getHolderIdentity()).isEqualTo("node-1");
                    assertThat(spec.getLeaseDurationSeconds()).isEqualTo(40);
                });
    }

    @Test
    void bringsABoundPodToRunningAndReady() {
        world.run("web", "nginx:1.16");
        assertThat(world.state("web")).isEqualTo("ContainerCreating");
        assertThat(world.condition("web", "PodScheduled")).isEqualTo("True");

        world.pass(3);

        Pod pod = world.pod("web");
        assertThat(pod.getStatus().getPhase()).isEqualTo("Running");
        assertThat(pod.getStatus().getPodIP()).startsWith("10.244.0.");
        assertThat(pod.getStatus().getHostIP()).isEqualTo("172.18.0.2");
        assertThat(pod.getStatus().getQosClass()).isEqualTo("BestEffort");
        assertThat(pod.getStatus().getConditions())
                .extracting(PodCondition::getType, PodCondition::getStatus)
                .contains(
                        org.assertj.core.groups.Tuple.tuple("Ready", "True"),
                        org.assertj.core.groups.Tuple.tuple("ContainersReady", "True"),
                        org.assertj.core.groups.Tuple.tuple("Initialized", "True"),
                        org.assertj.core.groups.Tuple.tuple("PodReadyToStartContainers", "True"));
        ContainerStatus container = pod.getStatus().getContainerStatuses().getFirst();
        assertThat(container.getReady()).isTrue();
        assertThat(container.getStarted()).isTrue();
        assertThat(container.getImage()).isEqualTo("docker.io/library/nginx:1.16");
        assertThat(container.getContainerID()).matches("containerd://[0-9a-f]{64}");
        assertThat(world.events)
                .containsSubsequence(
                        "Normal Pulling: Pulling image \"nginx:1.16\"",
                        "Normal Created: Container created",
                        "Normal Started: Container started");
    }

    @Test
    void needsTwoStatusWritesForAQuickStart() {
        world.run("web", "nginx:1.16");
        world.pass(3);

        assertThat(podWrites()).isEqualTo(2);
        world.pass(60);
        assertThat(podWrites()).isEqualTo(2);
    }

    @Test
    void deletesAPodThatHeedsItsSignalAtOnce() {
        world.run("web", "nginx");
        world.pass(3);
        world.delete("web", 30);
        world.pass(1);

        assertThat(world.podOrNull("web")).isNull();
        assertThat(world.events).contains("Normal Killing: Stopping container main");
    }

    @Test
    void killsWhatDoesNotHeedItsSignalWhenTheGraceIsOver() {
        world.run("deaf", "busybox", "sleep", "3600");
        world.pass(3);
        world.delete("deaf", 30);
        world.pass(29);
        assertThat(world.state("deaf")).isEqualTo("Running");
        world.pass(2);
        assertThat(world.podOrNull("deaf")).isNull();
    }

    @Test
    void givesAnAddressBackAndUsesItLast() {
        world.run("one", "nginx");
        world.pass(3);
        String address = world.pod("one").getStatus().getPodIP();
        world.delete("one", 30);
        world.pass(1);
        world.run("two", "nginx");
        world.pass(3);
        assertThat(world.pod("two").getStatus().getPodIP()).isNotEqualTo(address);
    }

    @Test
    void backsOffFromAnImageThatIsNotThere() {
        world.run("web", "nginx:no-such-tag");
        world.pass(1);
        assertThat(world.state("web")).isEqualTo("ErrImagePull");
        world.pass(3);
        assertThat(world.state("web")).isEqualTo("ImagePullBackOff");
        assertThat(world.pod("web").getStatus().getPhase()).isEqualTo("Pending");
        assertThat(world.events)
                .contains(
                        "Warning Failed: Error: ErrImagePull",
                        "Normal BackOff: Back-off pulling image \"nginx:no-such-tag\"",
                        "Warning Failed: Error: ImagePullBackOff",
                        "Warning Failed: Failed to pull image \"nginx:no-such-tag\": rpc error:"
                                + " code = NotFound desc = failed to pull and unpack image"
                                + " \"docker.io/library/nginx:no-such-tag\": failed to resolve"
                                + " image: docker.io/library/nginx:no-such-tag: not found");
        world.pass(600);
        long pulls = world.events.stream().filter(each -> each.contains("Pulling:")).count();
        assertThat(pulls).isBetween(6L, 8L);
    }

    @Test
    void restartsWhatEndsLaterAndLater() {
        world.run("flaky", "busybox", "sh", "-c", "exit 3");
        world.pass(4);
        assertThat(world.state("flaky")).isEqualTo("CrashLoopBackOff");
        world.pass(120);

        ContainerStatus container =
                world.pod("flaky").getStatus().getContainerStatuses().getFirst();
        assertThat(container.getRestartCount()).isBetween(4, 5);
        assertThat(container.getLastState().getTerminated().getExitCode()).isEqualTo(3);
        assertThat(container.getState().getWaiting().getMessage())
                .matches(
                        "back-off 1m20s restarting failed container=main"
                                + " pod=flaky_default\\(uid-\\d+\\)");
        assertThat(world.pod("flaky").getStatus().getPhase()).isEqualTo("Running");
    }

    @Test
    void endsAPodWhoseWorkIsDone() {
        world.run(
                "job",
                World.container("busybox", "sleep", "20"),
                pod -> pod.getSpec().setRestartPolicy("Never"));
        world.pass(10);
        assertThat(world.pod("job").getStatus().getPhase()).isEqualTo("Running");
        world.pass(15);
        assertThat(world.pod("job").getStatus().getPhase()).isEqualTo("Succeeded");
        assertThat(world.state("job")).isEqualTo("Completed");
        world.delete("job", 30);
        world.pass(1);
        assertThat(world.podOrNull("job")).isNull();
    }

    @Test
    void failsAPodThatIsPastItsDeadline() {
        world.run(
                "late",
                World.container("nginx"),
                pod -> pod.getSpec().setActiveDeadlineSeconds(10L));
        world.pass(12);
        assertThat(world.pod("late").getStatus().getPhase()).isEqualTo("Failed");
        assertThat(world.pod("late").getStatus().getReason()).isEqualTo("DeadlineExceeded");
    }

    @Test
    void leavesPodsRunningWhenTheKubeletRestarts() {
        world.run("web", "nginx");
        world.run(
                "job",
                World.container("busybox", "sleep", "60"),
                pod -> pod.getSpec().setRestartPolicy("Never"));
        world.pass(5);
        Pod before = world.pod("web");

        world.restartKubelets();
        world.pass(5);
        assertThat(world.pod("web")).isEqualTo(before);

        world.run("other", "nginx");
        world.pass(60);
        assertThat(world.pod("other").getStatus().getPodIP())
                .isNotEqualTo(before.getStatus().getPodIP());
        assertThat(world.pod("job").getStatus().getPhase()).isEqualTo("Succeeded");
    }

    @Test
    void doesNotHoldItAgainstPodsThatTheyWarmUpAgainAfterARestart() {
        ProbeBuilder warm =
                new ProbeBuilder()
                        .withNewExec()
                        .withCommand("cat", "/tmp/warm")
                        .endExec()
                        .withPeriodSeconds(1)
                        .withFailureThreshold(1);
        String command = "sleep 12; touch /tmp/warm; sleep 30; rm /tmp/warm; sleep 1000";
        world.run(
                "slow",
                new ContainerBuilder(World.container("busybox", "sh", "-c", command))
                        .withReadinessProbe(warm.build())
                        .withLivenessProbe(
                                warm.withFailureThreshold(8).withInitialDelaySeconds(15).build())
                        .build(),
                _ -> {});
        world.pass(16);
        Pod before = world.pod("slow");
        assertThat(world.condition("slow", "Ready")).isEqualTo("True");
        List<String> events = List.copyOf(world.events);

        world.restartKubelets();
        world.pass(30);
        assertThat(world.pod("slow")).isEqualTo(before);
        assertThat(world.events).isEqualTo(events);

        world.pass(15);
        assertThat(world.condition("slow", "Ready")).isEqualTo("False");
    }

    @Test
    void whatAnEarlierKubeletSaidLastIsTakenUp() {
        world.api.setAway(true);
        Pod pod = world.run("web", "nginx");
        world.pass(Duration.ofSeconds(5));
        world.api.put(
                new PodBuilder(pod)
                        .withNewStatus()
                        .withPhase("Running")
                        .withStartTime("2026-01-01T00:00:00Z")
                        .withPodIP("10.244.0.77")
                        .addNewContainerStatus()
                        .withName("main")
                        .withContainerID("containerd://earlier")
                        .withImage("nginx")
                        .withRestartCount(2)
                        .withReady(true)
                        .withStarted(true)
                        .withNewState()
                        .withNewRunning("2026-01-01T00:00:01Z")
                        .endState()
                        .endContainerStatus()
                        .endStatus()
                        .build());
        world.settle();
        world.api.setAway(false);
        world.pass(60);

        ContainerStatus main = world.pod("web").getStatus().getContainerStatuses().getFirst();
        assertThat(main.getContainerID()).isEqualTo("containerd://earlier");
        assertThat(main.getRestartCount()).isEqualTo(2);
        assertThat(main.getReady()).isTrue();
        assertThat(world.pod("web").getStatus().getPodIP()).isEqualTo("10.244.0.77");
    }

    @Test
    void fallsSilentWhenANodeIsCutOffAndComesBack() {
        world.run("web", "nginx");
        world.pass(5);
        world.pool().stopNode("node-1");
        world.settle();
        world.delete("web", 30);
        world.pass(100);
        assertThat(world.podOrNull("web")).isNotNull();

        world.pool().startNode("node-1");
        world.pass(3);
        assertThat(world.podOrNull("web")).isNull();
    }

    @Test
    void triesAgainWhileTheApiIsAway() {
        world.api.setAway(true);
        world.pass(1);
        world.run("web", "nginx");
        world.pass(20);
        world.api.setAway(false);
        world.pass(30);
        assertThat(world.condition("web", "Ready")).isEqualTo("True");
    }

    @Test
    void registersAgainWhenItsNodeIsDeleted() {
        world.api.delete(Node.class, "", "node-1", 0);
        world.pass(Duration.ofMillis(100));
        assertThat(world.api.find(Node.class, "", "node-1")).isNotNull();
    }

    private long renewals() {
        return world.api.writes().stream().filter(call -> call.resource().equals("leases")).count();
    }

    private long podWrites() {
        return world.api.writes().stream().filter(call -> call.resource().equals("pods")).count();
    }
}
