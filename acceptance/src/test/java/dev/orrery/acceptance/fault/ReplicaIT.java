package dev.orrery.acceptance.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.acceptance.process.Program;
import dev.orrery.acceptance.process.Replicas;
import dev.orrery.acceptance.process.Replicas.ApiReplica;
import dev.orrery.acceptance.process.Reply;
import dev.orrery.acceptance.process.Requests;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Three api-servers, two of each component: what docker-compose.ha.yml starts, without Docker. */
@EnabledIfSystemProperty(named = "faults", matches = ".+")
class ReplicaIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";

    @Test
    void anyApiServerAnswersAndNoneIsMissed() {
        try (Replicas cluster = new Replicas(1);
                Requests requests = new Requests(cluster.pki())) {
            cluster.broker(0).start();
            List<ApiReplica> servers =
                    Stream.of("api-server-1", "api-server-2", "api-server-3")
                            .map(cluster::apiServer)
                            .toList();
            servers.forEach(server -> server.program().start());
            servers.forEach(server -> requests.awaitReady(server, PATIENCE));
            String all =
                    servers.stream().map(ApiReplica::grpcAddress).collect(Collectors.joining(","));
            List<Program> schedulers =
                    two(cluster, "scheduler", all, "ORRERY_LEADER_ELECTION", "true");
            List<Program> managers =
                    two(cluster, "controller-manager", all, "ORRERY_LEADER_ELECTION", "true");
            two(cluster, "kubelet-sim", all, "ORRERY_NODE_POOL", "auto");

            Requests.await(() -> nodes(requests, servers.get(2)) == 6, PATIENCE, "6 nodes");
            rollOut(requests, servers.get(0), servers.get(2), "first");
            assertThat(isAccepted(requests, servers.get(1), servers.get(2)))
                    .as("a token of one at another")
                    .isTrue();

            servers.get(0).program().kill();
            rollOut(requests, servers.get(1), servers.get(2), "second");

            // In order: the Lease is given back, and nobody waits for it to expire.
            leader(schedulers).stop();
            leader(managers).stop();
            long at = System.nanoTime();
            rollOut(requests, servers.get(2), servers.get(1), "third");
            assertThat(Duration.ofNanos(System.nanoTime() - at)).isLessThan(Duration.ofSeconds(14));
        }
    }

    private static List<Program> two(
            Replicas cluster, String service, String servers, String name, String value) {
        return Stream.of("-1", "-2")
                .map(suffix ->
                        cluster.component(service + suffix, service, servers, Map.of(name, value))
                                .start())
                .toList();
    }

    private static Program leader(List<Program> programs) {
        List<Program> leaders =
                programs.stream()
                        .filter(program -> program.printed().contains("became leader"))
                        .toList();
        assertThat(leaders).as("leaders").hasSize(1);
        return leaders.getFirst();
    }

    private static void rollOut(Requests requests, ApiReplica here, ApiReplica there, String name) {
        Reply reply = requests.post(here, DEPLOYMENTS, deployment(name));
        assertThat(reply.code()).as(reply.toString()).isEqualTo(201);
        Requests.await(
                () ->
                        requests.get(there, DEPLOYMENTS + "/" + name)
                                        instanceof Reply.Answer(var _, JsonNode object)
                                && object.at("/status/availableReplicas").asInt() == 4,
                PATIENCE,
                name + " rolled out");
    }

    private static int nodes(Requests requests, ApiReplica server) {
        return requests.get(server, "/api/v1/nodes") instanceof Reply.Answer(var _, JsonNode list)
                ? list.path("items").size()
                : 0;
    }

    private static boolean isAccepted(Requests requests, ApiReplica issuer, ApiReplica other) {
        String path = "/api/v1/namespaces/default/serviceaccounts/default/token";
        String request =
                """
                {"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest","spec":{}}\
                """;
        if (!(requests.post(issuer, path, request) instanceof Reply.Answer(var _, JsonNode made))) {
            return false;
        }
        String review =
                """
                {"apiVersion":"authentication.k8s.io/v1","kind":"TokenReview","spec":{"token":"%s"}}\
                """
                        .formatted(made.at("/status/token").asText());
        return requests.post(other, "/apis/authentication.k8s.io/v1/tokenreviews", review)
                        instanceof Reply.Answer(var _, JsonNode answer)
                && answer.at("/status/authenticated").asBoolean();
    }

    private static String deployment(String name) {
        return """
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"%s"},
         "spec":{"replicas":4,"selector":{"matchLabels":{"app":"%s"}},
          "template":{"metadata":{"labels":{"app":"%s"}},
           "spec":{"containers":[{"name":"c","image":"nginx"}]}}}}\
        """
                .formatted(name, name, name);
    }
}
