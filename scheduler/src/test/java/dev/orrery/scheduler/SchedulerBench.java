package dev.orrery.scheduler;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Decisions per second of processor time on one thread, with an api-server in memory whose binding
 * costs some 50 microseconds of the time. Prints, and neither passes nor fails:
 *
 * <pre>java -cp ... dev.orrery.scheduler.SchedulerBench [nodes] [pods] [workloads] [what]</pre>
 *
 * where what is plain, spread, affinity, antiaffinity or volumes
 */
final class SchedulerBench {

    private static final int ROUNDS = 5;
    private static final String ZONE = "topology.kubernetes.io/zone";

    /** What the pods ask for beside room. */
    private enum What {
        PLAIN,
        SPREAD,
        AFFINITY,
        ANTIAFFINITY,
        VOLUMES
    }

    private SchedulerBench() {}

    public static void main(String[] arguments) {
        int nodes = argument(arguments, 0, 1000);
        int pods = argument(arguments, 1, 5000);
        int workloads = argument(arguments, 2, 100);
        What what =
                arguments.length > 3
                        ? What.valueOf(arguments[3].toUpperCase(Locale.ROOT))
                        : What.PLAIN;
        System.out.printf("nodes=%d pods=%d workloads=%d %s%n", nodes, pods, workloads, what);
        for (int round = 0; round < ROUNDS; round++) {
            System.out.printf(
                    "%,.0f decisions/s%n", decisionsPerSecond(nodes, pods, workloads, what));
        }
    }

    private static int argument(String[] arguments, int index, int otherwise) {
        return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
    }

    private static double decisionsPerSecond(int nodes, int pods, int workloads, What what) {
        FakeCluster cluster = new FakeCluster();
        for (int i = 0; i < nodes; i++) {
            cluster.put(node(i));
        }
        for (int i = 0; i < workloads; i++) {
            cluster.put(replicaSet(i));
        }
        List<Pod> all = new ArrayList<>();
        for (int i = 0; i < pods; i++) {
            all.add(pod(i, workloads, what));
            if (what == What.VOLUMES) {
                putVolume(cluster, i);
            }
        }
        all.forEach(cluster.informers::put);
        long start = processorNanos();
        cluster.settle();
        long took = processorNanos() - start;
        if (cluster.calls.size() != pods) {
            throw new IllegalStateException(cluster.calls.size() + " calls for " + pods + " pods");
        }
        return pods * 1e9 / took;
    }

    private static long processorNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static Node node(int number) {
        Node node = Make.node("node-" + number, "16", "64Gi");
        return Make.labelled(node, ZONE, "zone-" + number % 3);
    }

    private static ReplicaSet replicaSet(int number) {
        return new ReplicaSetBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("set-" + number)
                .endMetadata()
                .withNewSpec()
                .withNewSelector()
                .addToMatchLabels("app", "app-" + number)
                .endSelector()
                .endSpec()
                .build();
    }

    private static void putVolume(FakeCluster cluster, int number) {
        cluster.informers.put(
                new PersistentVolumeBuilder()
                        .withNewMetadata()
                        .withName("volume-" + number)
                        .endMetadata()
                        .withNewSpec()
                        .withNewCsi()
                        .withDriver("disks.example")
                        .withVolumeHandle("volume-" + number)
                        .endCsi()
                        .endSpec()
                        .build());
        cluster.informers.put(
                new PersistentVolumeClaimBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName("claim-" + number)
                        .withUid("uid-claim-" + number)
                        .addToAnnotations("pv.kubernetes.io/bind-completed", "yes")
                        .endMetadata()
                        .withNewSpec()
                        .withVolumeName("volume-" + number)
                        .endSpec()
                        .build());
    }

    private static Pod with(Pod pod, int number, String app, What what) {
        LabelSelector own = new LabelSelector(List.of(), Map.of("app", app));
        PodBuilder builder = new PodBuilder(pod);
        return switch (what) {
            case PLAIN -> pod;
            case SPREAD ->
                    builder.editSpec()
                            .addNewTopologySpreadConstraint()
                            .withMaxSkew(1)
                            .withTopologyKey(ZONE)
                            .withWhenUnsatisfiable("DoNotSchedule")
                            .withLabelSelector(own)
                            .endTopologySpreadConstraint()
                            .endSpec()
                            .build();
            case AFFINITY ->
                    builder.editSpec()
                            .withNewAffinity()
                            .withNewPodAffinity()
                            .addNewRequiredDuringSchedulingIgnoredDuringExecution()
                            .withTopologyKey(ZONE)
                            .withLabelSelector(own)
                            .endRequiredDuringSchedulingIgnoredDuringExecution()
                            .endPodAffinity()
                            .endAffinity()
                            .endSpec()
                            .build();
            case ANTIAFFINITY ->
                    builder.editSpec()
                            .withNewAffinity()
                            .withNewPodAntiAffinity()
                            .addNewRequiredDuringSchedulingIgnoredDuringExecution()
                            .withTopologyKey("kubernetes.io/hostname")
                            .withLabelSelector(own)
                            .endRequiredDuringSchedulingIgnoredDuringExecution()
                            .endPodAntiAffinity()
                            .endAffinity()
                            .endSpec()
                            .build();
            case VOLUMES ->
                    builder.editSpec()
                            .addNewVolume()
                            .withName("data")
                            .withNewPersistentVolumeClaim("claim-" + number, false)
                            .endVolume()
                            .endSpec()
                            .build();
        };
    }

    private static Pod pod(int number, int workloads, What what) {
        var pod = Make.pod("pod-" + number, Map.of("cpu", "100m", "memory", "128Mi"));
        if (workloads > 0) {
            int workload = number % workloads;
            pod.editMetadata()
                    .addToLabels("app", "app-" + workload)
                    .addNewOwnerReference()
                    .withKind("ReplicaSet")
                    .withName("set-" + workload)
                    .withController(true)
                    .endOwnerReference()
                    .endMetadata();
        }
        return with(pod.build(), number, "app-" + number % Math.max(1, workloads), what);
    }
}
