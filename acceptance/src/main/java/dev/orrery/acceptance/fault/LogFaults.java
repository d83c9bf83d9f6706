package dev.orrery.acceptance.fault;

import dev.orrery.acceptance.process.Program;
import dev.orrery.acceptance.process.Replicas;
import dev.orrery.acceptance.process.Replicas.ApiReplica;
import dev.orrery.acceptance.process.Replicas.Wire;
import dev.orrery.acceptance.process.Reply;
import dev.orrery.acceptance.process.Requests;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Readers of the log that cannot read it, do not, or come too late. */
final class LogFaults {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    private LogFaults() {}

    /** It must refuse, and not lie: nothing that it cannot know is the newest, no write. */
    static Outcome cutOffFromTheLog() {
        try (Replicas cluster = new Replicas(1);
                Requests requests = new Requests(cluster.pki())) {
            Wire wire = cluster.wire();
            cluster.broker(0, wire).start();
            ApiReplica cut =
                    StorageFaults.started(
                            cluster.apiServer("cut", wire.bootstrap(), Map.of()), requests);
            ApiReplica other = StorageFaults.started(cluster.apiServer("other"), requests);
            List<String> violations = new ArrayList<>();
            expect(requests.post(cut, MAPS, map("before", 1)), violations, "before", 201);

            wire.proxy().cut();
            expect(requests.post(other, MAPS, map("meanwhile", 1)), violations, "elsewhere", 201);
            expect(requests.get(cut, MAPS + "/meanwhile"), violations, "get", 503, 504);
            expect(requests.get(cut, MAPS), violations, "list", 503, 504);
            expect(requests.post(cut, MAPS, map("refused", 1)), violations, "write", 503, 504);
            expect(
                    requests.get(cut, MAPS + "?resourceVersion=0"),
                    violations,
                    "list at resourceVersion=0",
                    200);
            expect(requests.get(cut, "/readyz"), violations, "readyz", 500);
            expect(requests.get(cut, "/livez"), violations, "livez", 200);

            long at = System.nanoTime();
            wire.proxy().mend();
            Requests.await(
                    () -> requests.get(cut, MAPS + "/meanwhile").code() == 200,
                    PATIENCE,
                    "a consistent read after the cut");
            Requests.await(
                    () -> requests.post(cut, MAPS, map("after", 1)).code() / 100 != 5,
                    PATIENCE,
                    "a write after the cut");
            Duration healed = Duration.ofNanos(System.nanoTime() - at);
            return new Outcome(2, 0, healed, violations, "refused reads and writes, served rv=0");
        }
    }

    /** It costs its own watch at most, and the server no more memory than the watch's bound. */
    static Outcome slowWatcher() {
        try (Replicas cluster = new Replicas(1);
                Requests requests = new Requests(cluster.pki())) {
            cluster.broker(0).start();
            ApiReplica server = StorageFaults.started(cluster.apiServer("api-server"), requests);
            String watch = MAPS + "?watch=1&resourceVersion=0";
            try (InputStream slow = requests.stream(server, watch);
                    Writers writers = new Writers(4, List.of(server), requests)) {
                long at = System.nanoTime();
                writers.awaitMore(5_000, PATIENCE);
                for (int i = 0; i < 40; i++) {
                    requests.post(server, MAPS, map("large-" + i, 500_000));
                }
                writers.awaitMore(500, PATIENCE);
                Duration silence = writers.longestSilence(at);
                int lost = writers.lost(server);
                long taken = slow.skip(1_000_000);
                return new Outcome(
                        writers.acknowledged(),
                        lost,
                        silence,
                        List.of(),
                        "the slow one took %,d bytes later".formatted(taken));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** What it missed is no longer in the log: it must begin anew from a snapshot, by itself. */
    static Outcome trimmedBehindScheduler() {
        try (Replicas cluster = new Replicas(1);
                Requests requests = new Requests(cluster.pki())) {
            cluster.broker(0).start();
            ApiReplica server =
                    StorageFaults.started(
                            cluster.apiServer(
                                    "api-server",
                                    cluster.bootstrap(),
                                    Map.of(
                                            "ORRERY_LOG_SNAPSHOT_EVERY", "500",
                                            "ORRERY_LOG_TRIM_BEHIND_SNAPSHOT", "true")),
                            requests);
            Program scheduler = NodeFaults.start(cluster, server, "scheduler", Map.of());
            NodeFaults.start(cluster, server, "kubelet-sim", Map.of("ORRERY_NODES", "1"));
            NodeFaults.start(cluster, server, "controller-manager", Map.of());
            NodeFaults.awaitRunning(server, requests, "first");
            scheduler.pause();
            int acknowledged;
            int lost;
            try (Writers writers = new Writers(8, List.of(server), requests)) {
                writers.awaitMore(4_000, PATIENCE);
                lost = writers.lost(server);
                acknowledged = writers.acknowledged();
            }
            long at = System.nanoTime();
            scheduler.resume();
            NodeFaults.awaitRunning(server, requests, "second");
            boolean began = scheduler.printed().contains("log trimmed beyond this reader");
            return new Outcome(
                    acknowledged,
                    lost,
                    Duration.ofNanos(System.nanoTime() - at),
                    began ? List.of() : List.of("the log was not trimmed behind the scheduler"),
                    "it began anew from a snapshot");
        }
    }

    private static void expect(Reply reply, List<String> violations, String what, int... codes) {
        for (int code : codes) {
            if (reply.code() == code) {
                return;
            }
        }
        violations.add(what + " was answered with " + reply);
    }

    private static String map(String name, int size) {
        return """
        {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"%s"},"data":{"a":"%s"}}\
        """
                .formatted(name, "x".repeat(size));
    }
}
