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
    void threeApiServersAreAsConsistentAsOneAlsoWhileTheyAndTheBrokerAreKilled() {
        try (Replicas cluster = new Replicas(1);
                Requests requests = new Requests(cluster.pki())) {
            Program broker = cluster.broker(0).start();
            ApiReplica one = started(cluster.apiServer("api-server-1"), requests);
            ApiReplica two = started(cluster.apiServer("api-server-2"), requests);
            ApiReplica three = started(cluster.apiServer("api-server-3"), requests);
            List<ApiReplica> all = List.of(one, two, three);

            check(Workload.small(SEED + 1).run(all, requests, () -> {}));
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
