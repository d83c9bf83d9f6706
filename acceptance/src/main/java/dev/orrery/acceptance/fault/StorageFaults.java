package dev.orrery.acceptance.fault;

import dev.orrery.acceptance.process.Program;
import dev.orrery.acceptance.process.Replicas;
import dev.orrery.acceptance.process.Replicas.ApiReplica;
import dev.orrery.acceptance.process.Requests;
import java.time.Duration;
import java.util.List;

/** Api-servers and brokers that die while clients write. */
final class StorageFaults {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int CLIENTS = 8;
    private static final int SOME_WRITES = 200;

    private StorageFaults() {}

    static Outcome apiServerKilled() {
        try (Replicas cluster = new Replicas(1);
                Requests requests = new Requests(cluster.pki())) {
            cluster.broker(0).start();
            ApiReplica server = started(cluster.apiServer("api-server"), requests);
            try (Writers writers = new Writers(CLIENTS, List.of(server), requests)) {
                writers.awaitMore(SOME_WRITES, PATIENCE);
                long at = System.nanoTime();
                server.program().kill();
                server.program().start();
                writers.awaitMore(SOME_WRITES, PATIENCE);
                return outcome(writers, server, at);
            }
        }
    }

    static Outcome oneOfThreeApiServersKilled() {
        try (Replicas cluster = new Replicas(1);
                Requests requests = new Requests(cluster.pki())) {
            cluster.broker(0).start();
            ApiReplica one = started(cluster.apiServer("api-server-1"), requests);
            ApiReplica two = started(cluster.apiServer("api-server-2"), requests);
            ApiReplica three = started(cluster.apiServer("api-server-3"), requests);
            try (Writers writers = new Writers(CLIENTS, List.of(one, two, three), requests)) {
                writers.awaitMore(SOME_WRITES, PATIENCE);
                long at = System.nanoTime();
                two.program().kill();
                writers.awaitMore(SOME_WRITES, PATIENCE);
                return outcome(writers, three, at);
            }
        }
    }

    static Outcome brokerKilled() {
        try (Replicas cluster = new Replicas(1);
                Requests requests = new Requests(cluster.pki())) {
            Program broker = cluster.broker(0).start();
            ApiReplica server = started(cluster.apiServer("api-server"), requests);
            try (Writers writers = new Writers(CLIENTS, List.of(server), requests)) {
                writers.awaitMore(SOME_WRITES, PATIENCE);
                long at = System.nanoTime();
                broker.kill();
                broker.start();
                writers.awaitMore(SOME_WRITES, PATIENCE);
                return outcome(writers, server, at);
            }
        }
    }

    static Outcome brokersLostInTurn() {
        try (Replicas cluster = new Replicas(3);
                Requests requests = new Requests(cluster.pki())) {
            List<Program> brokers =
                    List.of(
                            cluster.broker(0).start(),
                            cluster.broker(1).start(),
                            cluster.broker(2).start());
            ApiReplica server = started(cluster.apiServer("api-server"), requests);
            try (Writers writers = new Writers(CLIENTS, List.of(server), requests)) {
                writers.awaitMore(SOME_WRITES, PATIENCE);
                long at = System.nanoTime();
                for (Program broker : brokers) {
                    broker.kill();
                    writers.awaitMore(SOME_WRITES, PATIENCE);
                    broker.start();
                    writers.awaitMore(SOME_WRITES, PATIENCE);
                    // Only when it has caught up may the next one go: two of three must have a
                    // record.
                    Requests.pause(Duration.ofSeconds(8).toMillis());
                }
                return outcome(writers, server, at);
            }
        }
    }

    static ApiReplica started(ApiReplica server, Requests requests) {
        server.program().start();
        requests.awaitReady(server, PATIENCE);
        return server;
    }

    private static Outcome outcome(Writers writers, ApiReplica server, long since) {
        int lost = writers.lost(server);
        return new Outcome(
                writers.acknowledged(),
                lost,
                writers.longestSilence(since),
                List.of(),
                writers.unknown() + " writes without an answer");
    }
}
