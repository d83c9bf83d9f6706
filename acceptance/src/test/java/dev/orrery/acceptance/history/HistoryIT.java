package dev.orrery.acceptance.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.acceptance.process.Program;
import dev.orrery.acceptance.process.Replicas;
import dev.orrery.acceptance.process.Replicas.ApiReplica;
import dev.orrery.acceptance.process.Requests;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Clients at running api-servers. {@code -Dseed=N} for other choices.
 *
 * <p>https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-versions
 */
class HistoryIT {

    private static final long SEED = Long.getLong("seed", 1);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Test
    void oneApiServerIsConsistent() {
        try (Replicas cluster = new Replicas(1);
                Requests requests = new Requests(cluster.pki())) {
            cluster.broker(0).start();
            ApiReplica server = started(cluster.apiServer("api-server"), requests);
            check(Workload.small(SEED).run(List.of(server), requests, () -> {}));
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "faults", matches = ".+")
    void threeApiServersAreAsConsistentAsOne() {
        try (Replicas cluster = new Replicas(1);
                Requests requests = new Requests(cluster.pki())) {
            cluster.broker(0).start();
            check(Workload.small(SEED + 1).run(three(cluster, requests), requests, () -> {}));
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "faults", matches = ".+")
    void andSoTheyAreWhileOneOfThemAndTheBrokerAreKilled() {
        try (Replicas cluster = new Replicas(1);
                Requests requests = new Requests(cluster.pki())) {
            Program broker = cluster.broker(0).start();
            List<ApiReplica> all = three(cluster, requests);
            ApiReplica two = all.get(1);
            check(
                    Workload.small(SEED + 2)
                            .run(
                                    all,
                                    requests,
                                    () -> {
                                        two.program().kill();
                                        two.program().start();
                                        requests.awaitReady(two, PATIENCE);
                                        broker.kill();
                                        broker.start();
                                        all.forEach(
                                                server -> requests.awaitReady(server, PATIENCE));
                                    }));
        }
    }

    private static List<ApiReplica> three(Replicas cluster, Requests requests) {
        return List.of(
                started(cluster.apiServer("api-server-1"), requests),
                started(cluster.apiServer("api-server-2"), requests),
                started(cluster.apiServer("api-server-3"), requests));
    }

    private static void check(History history) {
        System.out.printf(
                "%d operations, %d acknowledged writes, %d lists, %d watches with %d events%n",
                history.operations().size(),
                history.writes().size(),
                history.lists().size(),
                history.watches().size(),
                history.watches().stream().mapToInt(watch -> watch.events().size()).sum());
        assertThat(history.writes()).hasSizeGreaterThan(50);
        assertThat(history.watches()).isNotEmpty();
        assertThat(HistoryChecker.violations(history)).isEmpty();
    }

    private static ApiReplica started(ApiReplica server, Requests requests) {
        server.program().start();
        requests.awaitReady(server, PATIENCE);
        return server;
    }
}
