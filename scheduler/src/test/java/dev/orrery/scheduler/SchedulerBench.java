package dev.orrery.scheduler;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Decisions per second on one thread, with an api-server in memory whose binding costs some 50
 * microseconds of the time. Prints, and neither passes nor fails:
 *
 * <pre>java -cp ... dev.orrery.scheduler.SchedulerBench [nodes] [pods] [workloads]</pre>
 */
final class SchedulerBench {

    private static final int ROUNDS = 5;

    private SchedulerBench() {}

    public static void main(String[] arguments) {
        int nodes = argument(arguments, 0, 1000);
        int pods = argument(arguments, 1, 5000);
        int workloads = argument(arguments, 2, 100);
        System.out.printf("nodes=%d pods=%d workloads=%d%n", nodes, pods, workloads);
        for (int round = 0; round < ROUNDS; round++) {
            System.out.printf("%,.0f decisions/s%n", decisionsPerSecond(nodes, pods, workloads));
        }
    }

    private static int argument(String[] arguments, int index, int otherwise) {
        return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
    }

    private static double decisionsPerSecond(int nodes, int pods, int workloads) {
        FakeCluster cluster = new FakeCluster();
        for (int i = 0; i < nodes; i++) {
            cluster.put(node(i));
        }
        for (int i = 0; i < workloads; i++) {
            cluster.put(replicaSet(i));
        }
        List<Pod> all = new ArrayList<>();
        for (int i = 0; i < pods; i++) {
            all.add(pod(i, workloads));
        }
        all.forEach(cluster.informers::put);
        long start = System.nanoTime();
        cluster.settle();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        if (cluster.calls.size() != pods) {
            throw new IllegalStateException(cluster.calls.size() + " calls for " + pods + " pods");
        }
        return pods * 1e9 / took.toNanos();
    }

    private static Node node(int number) {
        Node node = Make.node("node-" + number, "16", "64Gi");
        return Make.labelled(node, "topology.kubernetes.io/zone", "zone-" + number % 3);
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

    private static Pod pod(int number, int workloads) {
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
        return pod.build();
    }
}
