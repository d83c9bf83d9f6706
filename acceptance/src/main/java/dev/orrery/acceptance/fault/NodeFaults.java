package dev.orrery.acceptance.fault;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.acceptance.process.Program;
import dev.orrery.acceptance.process.Replicas;
import dev.orrery.acceptance.process.Replicas.ApiReplica;
import dev.orrery.acceptance.process.Replicas.Wire;
import dev.orrery.acceptance.process.Reply;
import dev.orrery.acceptance.process.Requests;
import dev.orrery.acceptance.process.TcpProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Components that die, are cut off, or have another time. */
final class NodeFaults {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String PODS = "/api/v1/namespaces/default/pods";
    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";
    private static final String SETS = "/apis/apps/v1/namespaces/default/statefulsets";
    private static final int MANY = 150;

    private NodeFaults() {}

    static Outcome schedulerKilled() {
        try (Replicas cluster = new Replicas(1);
                Requests requests = new Requests(cluster.pki())) {
            cluster.broker(0).start();
            ApiReplica server = StorageFaults.started(cluster.apiServer("api-server"), requests);
            Map<String, String> elected = Map.of("ORRERY_LEADER_ELECTION", "true");
            List<Program> schedulers =
                    Stream.of("scheduler-1", "scheduler-2")
                            .map(name ->
                                    cluster.component(
                                                    name,
                                                    "scheduler",
                                                    server.grpcAddress(),
                                                    elected)
                                            .start())
                            .toList();
            start(cluster, server, "controller-manager", Map.of());
            start(cluster, server, "kubelet-sim", Map.of("ORRERY_NODES", "5"));
            Requests.await(
                    () -> schedulers.stream().anyMatch(NodeFaults::leads), PATIENCE, "a leader");
            Program leader =
                    schedulers.stream().filter(NodeFaults::leads).findFirst().orElseThrow();
            try (PodWatch watch = new PodWatch(server, requests)) {
                create(requests, server, DEPLOYMENTS, deployment(MANY));
                Requests.await(() -> watch.bound() > MANY / 10, PATIENCE, "the first bindings");
                long at = System.nanoTime();
                int before = watch.bound();
                leader.kill();
                Requests.await(() -> watch.bound() >= MANY, PATIENCE, "all pods bound");
                Duration healed = Duration.ofNanos(System.nanoTime() - at);
                return new Outcome(
                        watch.bound(),
                        0,
                        healed,
                        watch.violations(),
                        before + " pods were bound when it died; its lease is for 15 s");
            }
        }
    }

    static Outcome clocksDiffer() {
        try (Replicas cluster = new Replicas(1);
                Requests requests = new Requests(cluster.pki())) {
            cluster.broker(0).start();
            ApiReplica server = StorageFaults.started(cluster.apiServer("api-server"), requests);
            start(cluster, server, "scheduler", Map.of());
            start(cluster, server, "controller-manager", Map.of("ORRERY_CLOCK_OFFSET", "-PT10M"));
            start(
                    cluster,
                    server,
                    "kubelet-sim",
                    Map.of("ORRERY_NODES", "3", "ORRERY_CLOCK_OFFSET", "PT10M"));
            long at = System.nanoTime();
            create(requests, server, DEPLOYMENTS, deployment(10));
            Requests.await(() -> available(requests, server) == 10, PATIENCE, "10 available pods");
            Duration healed = Duration.ofNanos(System.nanoTime() - at);
            List<String> violations = new ArrayList<>();
            long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (System.nanoTime() < end && violations.isEmpty()) {
                if (readyNodes(requests, server) != 3 || available(requests, server) != 10) {
                    violations.add("a node or a pod was given up for its clock");
                }
                Requests.pause(500);
            }
            return new Outcome(10, 0, healed, violations, "for a minute no node was given up");
        }
    }

    static Outcome cutOffShortly() {
        return cutOff(Duration.ofSeconds(30), false);
    }

    static Outcome cutOffLong() {
        return cutOff(Duration.ofSeconds(100), true);
    }

    /**
     * Two processes with nodes, a StatefulSet, a Deployment that tolerates silent nodes for 20 s.
     * One process is cut off from everything.
     */
    private static Outcome cutOff(Duration time, boolean evicts) {
        try (Replicas cluster = new Replicas(1);
                Requests requests = new Requests(cluster.pki())) {
            Wire log = cluster.wire();
            cluster.broker(0, log).start();
            ApiReplica server = StorageFaults.started(cluster.apiServer("api-server"), requests);
            start(cluster, server, "scheduler", Map.of());
            start(cluster, server, "controller-manager", Map.of());
            start(cluster, server, "kubelet-sim", Map.of("ORRERY_NODES", "2"));
            TcpProxy api = cluster.proxy(server.grpc());
            cluster.component(
                            "kubelet-sim-cut",
                            "kubelet-sim",
                            "127.0.0.1:" + api.port(),
                            Map.of(
                                    "ORRERY_NODES", "2",
                                    "ORRERY_NODE_POOL", "1",
                                    "ORRERY_LOG_BOOTSTRAP_SERVERS", log.bootstrap()))
                    .start();
            Requests.await(() -> readyNodes(requests, server) == 4, PATIENCE, "4 nodes");
            create(requests, server, DEPLOYMENTS, deployment(8));
            create(requests, server, SETS, statefulSet(4));
            Requests.await(() -> available(requests, server) == 8, PATIENCE, "8 available pods");
            Requests.await(() -> runningOfSet(requests, server) == 4, PATIENCE, "4 ordered pods");
            try (PodWatch watch = new PodWatch(server, requests)) {
                api.cut();
                log.proxy().cut();
                Requests.pause(time.toMillis());
                List<String> violations = new ArrayList<>();
                int deleted = watch.givenUp();
                if (evicts && deleted == 0) {
                    violations.add("nothing was evicted from nodes that were silent for " + time);
                }
                if (!evicts && deleted > 0) {
                    violations.add(deleted + " pods were given up within " + time);
                }
                long at = System.nanoTime();
                api.mend();
                log.proxy().mend();
                Requests.await(
                        () ->
                                readyNodes(requests, server) == 4
                                        && available(requests, server) == 8
                                        && runningOfSet(requests, server) == 4,
                        PATIENCE,
                        "everything as before");
                Duration healed = Duration.ofNanos(System.nanoTime() - at);
                violations.addAll(watch.violations());
                return new Outcome(12, 0, healed, violations, deleted + " pods evicted meanwhile");
            }
        }
    }

    /**
     * A pod of its own, until it runs. Needs a controller-manager: without a service account no pod
     * is admitted.
     */
    static void awaitRunning(ApiReplica server, Requests requests, String name) {
        Requests.await(
                () -> requests.post(server, PODS, pod(name)).code() == 201,
                PATIENCE,
                "the pod " + name);
        Requests.await(
                () ->
                        text(requests.get(server, PODS + "/" + name), "/status/phase")
                                .equals("Running"),
                PATIENCE,
                name + " running");
    }

    static Program start(
            Replicas cluster, ApiReplica server, String service, Map<String, String> more) {
        return cluster.component(service, service, server.grpcAddress(), more).start();
    }

    private static boolean leads(Program scheduler) {
        return scheduler.printed().contains("became leader");
    }

    private static void create(Requests requests, ApiReplica server, String path, String json) {
        Reply reply = requests.post(server, path, json);
        if (reply.code() != 201) {
            throw new IllegalStateException("not created: " + reply);
        }
    }

    private static int available(Requests requests, ApiReplica server) {
        String text = text(requests.get(server, DEPLOYMENTS + "/web"), "/status/availableReplicas");
        return text.isEmpty() ? 0 : Integer.parseInt(text);
    }

    private static int runningOfSet(Requests requests, ApiReplica server) {
        String text = text(requests.get(server, SETS + "/ordered"), "/status/readyReplicas");
        return text.isEmpty() ? 0 : Integer.parseInt(text);
    }

    private static int readyNodes(Requests requests, ApiReplica server) {
        if (!(requests.get(server, "/api/v1/nodes")
                instanceof Reply.Answer(var _, JsonNode list))) {
            return 0;
        }
        int ready = 0;
        for (JsonNode node : list.path("items")) {
            for (JsonNode condition : node.path("status").path("conditions")) {
                if (condition.path("type").asText().equals("Ready")
                        && condition.path("status").asText().equals("True")) {
                    ready++;
                }
            }
        }
        return ready;
    }

    private static String text(Reply reply, String pointer) {
        return reply instanceof Reply.Answer(var _, JsonNode body) ? body.at(pointer).asText() : "";
    }

    private static String pod(String name) {
        return """
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"%s"},
         "spec":{"containers":[{"name":"c","image":"nginx"}]}}\
        """
                .formatted(name);
    }

    private static String deployment(int replicas) {
        return """
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},
         "spec":{"replicas":%d,"selector":{"matchLabels":{"app":"web"}},
          "template":{"metadata":{"labels":{"app":"web"}},
           "spec":{"containers":[{"name":"c","image":"nginx"}],
            "tolerations":[
             {"key":"node.kubernetes.io/unreachable","operator":"Exists","effect":"NoExecute","tolerationSeconds":20},
             {"key":"node.kubernetes.io/not-ready","operator":"Exists","effect":"NoExecute","tolerationSeconds":20}]}}}}\
        """
                .formatted(replicas);
    }

    private static String statefulSet(int replicas) {
        return """
        {"apiVersion":"apps/v1","kind":"StatefulSet","metadata":{"name":"ordered"},
         "spec":{"replicas":%d,"serviceName":"ordered","podManagementPolicy":"Parallel",
          "selector":{"matchLabels":{"app":"ordered"}},
          "template":{"metadata":{"labels":{"app":"ordered"}},
           "spec":{"containers":[{"name":"c","image":"nginx"}],
            "tolerations":[
             {"key":"node.kubernetes.io/unreachable","operator":"Exists","effect":"NoExecute","tolerationSeconds":20},
             {"key":"node.kubernetes.io/not-ready","operator":"Exists","effect":"NoExecute","tolerationSeconds":20}]}}}}\
        """
                .formatted(replicas);
    }
}
