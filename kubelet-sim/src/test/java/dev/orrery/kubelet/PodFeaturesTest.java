package dev.orrery.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.EphemeralContainerBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodReadinessGate;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Law: "Configure Liveness, Readiness and Startup Probes", "ConfigMaps", "Init Containers". */
class PodFeaturesTest {

    private final World world = World.ofNodes(1);

    @Test
    void isReadyOnlyAfterTheInitialDelay() {
        Container web =
                new ContainerBuilder(World.container("nginx"))
                        .withReadinessProbe(http(20, 5))
                        .build();
        world.run("web", web, pod -> {});
        world.pass(19);
        assertThat(world.pod("web").getStatus().getPhase()).isEqualTo("Running");
        assertThat(world.condition("web", "Ready")).isEqualTo("False");
        world.pass(4);
        assertThat(world.condition("web", "Ready")).isEqualTo("True");
    }

    @Test
    void isReadyOnlyAfterItsStartupProbe() {
        Container web =
                new ContainerBuilder(World.container("nginx"))
                        .withStartupProbe(http(10, 5))
                        .withReadinessProbe(http(0, 5))
                        .build();
        world.run("web", web, pod -> {});
        world.pass(9);
        assertThat(status("web").getStarted()).isFalse();
        world.pass(9);
        assertThat(status("web").getStarted()).isTrue();
        assertThat(world.condition("web", "Ready")).isEqualTo("True");
    }

    @Test
    void restartsWhatItsLivenessProbeFinds() {
        Container web =
                new ContainerBuilder(World.container("nginx"))
                        .withLivenessProbe(
                                new ProbeBuilder()
                                        .withNewExec()
                                        .withCommand("false")
                                        .endExec()
                                        .withPeriodSeconds(1)
                                        .withFailureThreshold(3)
                                        .build())
                        .build();
        world.run("web", web, pod -> {});
        world.pass(6);
        assertThat(world.events)
                .contains(
                        "Normal Killing: Container main failed liveness probe, will be restarted");
        assertThat(status("web").getRestartCount()).isPositive();
    }

    @Test
    void asksASteadyProcessOnce() {
        Container web =
                new ContainerBuilder(World.container("nginx"))
                        .withReadinessProbe(http(0, 1))
                        .build();
        world.run("web", web, pod -> {});
        world.pass(5);
        assertThat(world.clock.nextDue())
                .hasValueSatisfying(
                        due -> assertThat(due).isAfter(world.clock.instant().plusMillis(10)));
        int writes = world.api.writes().size();
        world.pass(5);
        assertThat(world.api.writes().subList(writes, world.api.writes().size()))
                .noneMatch(call -> call.resource().equals("pods"));
    }

    @Test
    void waitsForAConfigMapThatAVolumeIsMadeOf() {
        world.run(
                "web",
                World.container("nginx"),
                pod ->
                        pod.getSpec()
                                .setVolumes(
                                        List.of(
                                                new VolumeBuilder()
                                                        .withName("config")
                                                        .withNewConfigMap()
                                                        .withName("settings")
                                                        .endConfigMap()
                                                        .build())));
        world.pass(5);
        assertThat(world.state("web")).isEqualTo("ContainerCreating");
        assertThat(world.events)
                .contains(
                        "Warning FailedMount: MountVolume.SetUp failed for volume \"config\" :"
                                + " configmap \"settings\" not found");
        makeSettings();
        world.pass(10);
        assertThat(world.condition("web", "Ready")).isEqualTo("True");
    }

    @Test
    void waitsForItsClaimToBeBound() {
        world.run(
                "web",
                World.container("nginx"),
                pod ->
                        pod.getSpec()
                                .setVolumes(
                                        List.of(
                                                new VolumeBuilder()
                                                        .withName("data")
                                                        .withNewPersistentVolumeClaim("www", false)
                                                        .build())));
        world.pass(5);
        assertThat(world.events)
                .contains(
                        "Warning FailedMount: Unable to attach or mount volumes: unmounted"
                                + " volumes=[data], unattached volumes=[], failed to process"
                                + " volumes=[data]: error processing PVC default/www: failed to"
                                + " fetch PVC from API server: persistentvolumeclaims \"www\" not"
                                + " found");
    }

    @Test
    void waitsForAConfigMapThatTheEnvironmentIsMadeOf() {
        Container web =
                new ContainerBuilder(World.container("nginx"))
                        .addNewEnv()
                        .withName("A")
                        .withNewValueFrom()
                        .withNewConfigMapKeyRef("a", "settings", false)
                        .endValueFrom()
                        .endEnv()
                        .build();
        world.run("web", web, pod -> {});
        world.pass(5);
        assertThat(world.state("web")).isEqualTo("CreateContainerConfigError");
        assertThat(world.events)
                .contains("Warning Failed: Error: configmap \"settings\" not found");
        makeSettings();
        world.pass(15);
        assertThat(world.condition("web", "Ready")).isEqualTo("True");
    }

    @Test
    void runsInitContainersInOrder() {
        world.run(
                "web",
                World.container("nginx"),
                pod -> pod.getSpec().setInitContainers(List.of(init("first"), init("second"))));
        world.pass(8);
        assertThat(world.state("web")).isEqualTo("PodInitializing");
        assertThat(initStates("web")).containsExactly("running", "waiting");
        assertThat(world.condition("web", "Initialized")).isEqualTo("False");
        world.pass(10);
        assertThat(initStates("web")).containsExactly("terminated", "running");
        world.pass(14);
        assertThat(initStates("web")).containsExactly("terminated", "terminated");
        assertThat(world.condition("web", "Initialized")).isEqualTo("True");
        assertThat(world.condition("web", "Ready")).isEqualTo("True");
    }

    @Test
    void refusesWhatDoesNotFit() {
        Container greedy =
                new ContainerBuilder(World.container("nginx"))
                        .withNewResources()
                        .addToRequests("cpu", new Quantity("9"))
                        .endResources()
                        .build();
        world.run("greedy", greedy, pod -> {});
        world.pass(1);
        Pod pod = world.pod("greedy");
        assertThat(pod.getStatus().getPhase()).isEqualTo("Failed");
        assertThat(pod.getStatus().getReason()).isEqualTo("OutOfcpu");
        assertThat(pod.getStatus().getMessage())
                .isEqualTo(
                        "Pod was rejected: Node didn't have enough resource: cpu, requested: 9000,"
                                + " used: 0, capacity: 8000");
        world.delete("greedy", 30);
        world.pass(1);
        assertThat(world.podOrNull("greedy")).isNull();
    }

    @Test
    void keepsOthersConditionsAndOpensReadinessGates() {
        world.run(
                "web",
                World.container("nginx"),
                pod ->
                        pod.getSpec()
                                .setReadinessGates(
                                        List.of(new PodReadinessGate("example.com/gate"))));
        world.pass(5);
        assertThat(world.condition("web", "ContainersReady")).isEqualTo("True");
        assertThat(world.condition("web", "Ready")).isEqualTo("False");

        Pod pod = world.pod("web");
        pod.getStatus()
                .getConditions()
                .add(new PodCondition(null, null, null, null, null, "True", "example.com/gate"));
        world.api.put(pod);
        world.pass(2);
        assertThat(world.condition("web", "Ready")).isEqualTo("True");
        assertThat(world.condition("web", "example.com/gate")).isEqualTo("True");
    }

    @Test
    void neverLeavesATerminalPhaseThatAnotherSet() {
        world.run("web", "nginx");
        world.pass(5);
        Pod pod = world.pod("web");
        pod.getStatus().setPhase("Failed");
        world.api.put(pod);
        world.pass(5);
        assertThat(world.pod("web").getStatus().getPhase()).isEqualTo("Failed");
        assertThat(world.state("web")).isEqualTo("Completed");
    }

    @Test
    void waitsForThePreStopHook() {
        Container web =
                new ContainerBuilder(World.container("nginx"))
                        .withNewLifecycle()
                        .withNewPreStop()
                        .withNewSleep(10L)
                        .endPreStop()
                        .endLifecycle()
                        .build();
        world.run("web", web, pod -> {});
        world.pass(5);
        world.delete("web", 30);
        world.pass(9);
        assertThat(world.state("web")).isEqualTo("Running");
        world.pass(2);
        assertThat(world.podOrNull("web")).isNull();
    }

    @Test
    void runsAnEphemeralContainerInAPodThatRuns() {
        world.run("web", "nginx");
        world.pass(5);
        Pod pod = world.pod("web");
        pod.getSpec()
                .setEphemeralContainers(
                        List.of(
                                new EphemeralContainerBuilder()
                                        .withName("debugger")
                                        .withImage("busybox")
                                        .withImagePullPolicy("IfNotPresent")
                                        .withCommand("sleep", "10")
                                        .build()));
        pod.getMetadata().setGeneration(2L);
        world.api.put(pod);
        world.pass(5);
        assertThat(ephemeral("web").getState().getRunning()).isNotNull();
        assertThat(world.pod("web").getStatus().getObservedGeneration()).isEqualTo(2);
        world.pass(10);
        assertThat(ephemeral("web").getState().getTerminated().getExitCode()).isZero();
        assertThat(world.condition("web", "Ready")).isEqualTo("True");
    }

    @Test
    void refusesRootWhereItMustNotBe() {
        Container web =
                new ContainerBuilder(World.container("nginx"))
                        .withNewSecurityContext()
                        .withRunAsNonRoot(true)
                        .endSecurityContext()
                        .build();
        Pod pod = world.run("web", web, each -> {});
        world.pass(5);
        assertThat(world.state("web")).isEqualTo("CreateContainerConfigError");
        assertThat(world.events)
                .contains(
                        "Warning Failed: Error: container has runAsNonRoot and image will run as"
                                + " root (pod: \"web_default("
                                + pod.getMetadata().getUid()
                                + ")\", container: main)");
    }

    @Test
    void saysThatAPullSecretIsMissing() {
        world.run(
                "web",
                World.container("nginx"),
                pod ->
                        pod.getSpec()
                                .setImagePullSecrets(
                                        List.of(new LocalObjectReference("registry"))));
        world.pass(5);
        assertThat(world.events)
                .contains(
                        "Warning FailedToRetrieveImagePullSecret: Unable to retrieve some image"
                                + " pull secrets (registry); attempting to pull the image may not"
                                + " succeed.");
        assertThat(world.condition("web", "Ready")).isEqualTo("True");
    }

    @Test
    void restartsByAContainersOwnRules() {
        Container picky =
                new ContainerBuilder(World.container("busybox", "sh", "-c", "sleep 1; exit 42"))
                        .withRestartPolicy("Never")
                        .addNewRestartPolicyRule()
                        .withAction("Restart")
                        .withNewExitCodes()
                        .withOperator("In")
                        .withValues(42)
                        .endExitCodes()
                        .endRestartPolicyRule()
                        .build();
        world.run("picky", picky, pod -> pod.getSpec().setRestartPolicy("Never"));
        world.pass(10);
        assertThat(status("picky").getRestartCount()).isPositive();
        assertThat(world.pod("picky").getStatus().getPhase()).isEqualTo("Running");
    }

    private ContainerStatus ephemeral(String pod) {
        return world.pod(pod).getStatus().getEphemeralContainerStatuses().getFirst();
    }

    private void makeSettings() {
        world.api.put(
                new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName("settings")
                        .endMetadata()
                        .addToData("a", "b")
                        .build());
        world.settle();
    }

    private static Container init(String name) {
        return new ContainerBuilder(World.container("busybox", "sleep", "10"))
                .withName(name)
                .build();
    }

    private List<String> initStates(String pod) {
        return world.pod(pod).getStatus().getInitContainerStatuses().stream()
                .map(each ->
                        each.getState().getRunning() != null
                                ? "running"
                                : each.getState().getTerminated() != null
                                        ? "terminated"
                                        : "waiting")
                .toList();
    }

    private ContainerStatus status(String pod) {
        return world.pod(pod).getStatus().getContainerStatuses().getFirst();
    }

    private static Probe http(int initialDelay, int period) {
        return new ProbeBuilder()
                .withNewHttpGet()
                .withNewPort(80)
                .endHttpGet()
                .withInitialDelaySeconds(initialDelay)
                .withPeriodSeconds(period)
                .build();
    }

    @Test
    void saysWhatCannotBeStartedAndBacksOff() {
        World world = World.ofNodes(1);
        world.run("web", "busybox", "nonsense");
        world.pass(2);
        assertThat(world.state("web")).isEqualTo("CrashLoopBackOff");
        ContainerStateTerminated last =
                world.pod("web")
                        .getStatus()
                        .getContainerStatuses()
                        .getFirst()
                        .getLastState()
                        .getTerminated();
        assertThat(last.getReason()).isEqualTo("StartError");
        assertThat(last.getExitCode()).isEqualTo(128);
        assertThat(last.getStartedAt()).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(world.events)
                .anyMatch(each ->
                        each.startsWith("Warning Failed: Error: failed to create containerd task")
                                && each.endsWith(
                                        "exec: \"nonsense\": executable file not found in $PATH:"
                                                + " unknown"));
    }

    @Test
    void failsForGoodWhatCannotBeStartedWhereNothingIsRestarted() {
        World world = World.ofNodes(1);
        world.run(
                "web",
                World.container("busybox", "nonsense"),
                pod -> pod.getSpec().setRestartPolicy("Never"));
        world.pass(2);
        assertThat(world.state("web")).isEqualTo("StartError");
        assertThat(world.pod("web").getStatus().getPhase()).isEqualTo("Failed");
    }

    @Test
    void refusesSettingsOfTheKernelThatConcernOthers() {
        World world = World.ofNodes(1);
        world.run(
                "web",
                World.container("busybox"),
                pod ->
                        pod.getSpec()
                                .setSecurityContext(
                                        new PodSecurityContextBuilder()
                                                .addNewSysctl("kernel.msgmax", "10000000000")
                                                .build()));
        world.pass(2);
        assertThat(world.pod("web").getStatus().getReason()).isEqualTo("SysctlForbidden");
    }

    @Test
    void asksTheServersThatReallyListen() {
        World world = World.ofNodes(1);
        Container container = World.container("nginx");
        container.setReadinessProbe(
                new ProbeBuilder()
                        .withNewHttpGet()
                        .withPath("/healthz")
                        .withPort(new IntOrString(80))
                        .endHttpGet()
                        .withPeriodSeconds(1)
                        .build());
        world.run("web", container, pod -> {});
        world.pass(5);
        assertThat(world.condition("web", "Ready")).isEqualTo("False");
        assertThat(world.events)
                .contains(
                        "Warning Unhealthy: Readiness probe failed: HTTP probe failed with"
                                + " statuscode: 404");
    }
}
