package dev.orrery.apiserver.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.ApiServer;
import dev.orrery.apiserver.ApiServerConfig;
import dev.orrery.apiserver.admission.BuiltInAdmission;
import dev.orrery.apiserver.body.SchemaBodies;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.request.ApiResponse;
import dev.orrery.apiserver.rules.network.ServiceClaims;
import dev.orrery.apiserver.store.ClusterState;
import dev.orrery.apiserver.store.StoreLimits;
import dev.orrery.apiserver.store.Stored;
import dev.orrery.apiserver.user.User;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.MemoryLog;
import dev.orrery.machinery.store.Call;
import dev.orrery.machinery.store.Origin;
import dev.orrery.machinery.store.Verb;
import dev.orrery.machinery.time.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/**
 * https://kubernetes.io/docs/concepts/services-networking/cluster-ip-allocation/: "Every Service
 * ClusterIP must be unique". Two replicas on one log, and clients of both at once; a seed decides
 * whose step is next.
 */
class ServiceUniquenessTest {

    private static final int SEEDS = 20;
    private static final GroupResource SERVICES = new GroupResource("", "services");

    @Test
    void oneOfManyGetsTheAddress() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Run run = new Run(seed);
            List<CompletionStage<ApiResponse>> answers = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                answers.add(run.create(i, "s" + i, "clusterIP: 10.96.0.99, type: ClusterIP"));
            }
            run.settle();
            assertThat(answers.stream().map(Run::code))
                    .as("seed %d", seed)
                    .containsOnlyOnce(201)
                    .filteredOn(code -> code != 201)
                    .containsOnly(422);
            run.check();
        }
    }

    @Test
    void oneOfManyGetsTheNodePort() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Run run = new Run(seed);
            List<CompletionStage<ApiResponse>> answers = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                answers.add(run.create(i, "s" + i, "type: NodePort", ", nodePort: 30080"));
            }
            run.settle();
            assertThat(answers.stream().map(Run::code).filter(code -> code == 201))
                    .as("seed %d", seed)
                    .hasSize(1);
            run.check();
        }
    }

    @Test
    void whatIsGivenUpCanBeHadAgain() {
        Run run = new Run(7);
        run.create(0, "a", "type: NodePort, clusterIP: 10.96.0.99", ", nodePort: 30080");
        run.settle();
        CompletionStage<ApiResponse> gone = run.delete(1, "a");
        run.settle();
        CompletionStage<ApiResponse> next =
                run.create(0, "b", "type: NodePort, clusterIP: 10.96.0.99", ", nodePort: 30080");
        run.settle();

        assertThat(Run.code(gone)).isEqualTo(200);
        assertThat(Run.code(next)).isEqualTo(201);
        run.check();
    }

    /** Two replicas whose steps lie in one list. */
    private static final class Run {

        private final List<Runnable> steps = new ArrayList<>();
        private final List<ApiServer> servers;
        private final Random order;

        Run(long seed) {
            order = new Random(seed);
            MemoryLog registry = new MemoryLog(Runnable::run);
            MemoryLog events = new MemoryLog(Runnable::run);
            servers = List.of(server(registry, events, seed), server(registry, events, seed + 1));
            List<CompletionStage<Void>> started = servers.stream().map(ApiServer::start).toList();
            settle();
            started.forEach(start -> assertThat(start.toCompletableFuture()).isCompleted());
        }

        private ApiServer server(MemoryLog registry, MemoryLog events, long seed) {
            return new ApiServer(
                    registry.seenThrough(steps::add, 3),
                    null,
                    events.seenThrough(steps::add, 3),
                    new ManualClock(Instant.parse("2026-01-01T00:00:00Z")),
                    new SplittableRandom(seed),
                    steps::add,
                    new SchemaBodies(),
                    BuiltInAdmission.plugins(),
                    new ApiServerConfig(
                            StoreLimits.REGISTRY, StoreLimits.EVENTS, "127.0.0.1:6443"));
        }

        void settle() {
            while (!steps.isEmpty()) {
                steps.remove(order.nextInt(steps.size())).run();
            }
        }

        CompletionStage<ApiResponse> create(int client, String name, String spec) {
            return create(client, name, spec, "");
        }

        CompletionStage<ApiResponse> create(int client, String name, String spec, String port) {
            String body =
                    "{apiVersion: v1, kind: Service, metadata: {name: "
                            + name
                            + "}, spec: {"
                            + spec
                            + ", ports: [{port: 80"
                            + port
                            + "}]}}";
            return call(client, Verb.CREATE, "", body.getBytes(StandardCharsets.UTF_8));
        }

        CompletionStage<ApiResponse> delete(int client, String name) {
            return call(client, Verb.DELETE, name, new byte[0]);
        }

        private CompletionStage<ApiResponse> call(int client, Verb verb, String name, byte[] body) {
            Call call =
                    new Call(
                            verb,
                            "",
                            "v1",
                            "services",
                            "",
                            "default",
                            name,
                            body,
                            body.length == 0 ? "" : "application/yaml",
                            Map.of(),
                            "",
                            Origin.UNKNOWN);
            User user = User.of("client-" + client, List.of("system:masters"));
            return servers.get(client % 2).call(call, user, "test");
        }

        static int code(CompletionStage<ApiResponse> answer) {
            CompletableFuture<ApiResponse> future = answer.toCompletableFuture();
            assertThat(future).isCompleted();
            return future.join().code();
        }

        /** Nothing is had twice, and every claim has its service. */
        void check() {
            ClusterState state = servers.getFirst().registry().current();
            Set<String> had = new HashSet<>();
            Set<String> claimed = new HashSet<>();
            ServiceClaims claims = new ServiceClaims();
            for (Stored stored : state.list(SERVICES)) {
                JsonNode service = Trees.read(stored.value());
                claims.of(service).forEach(claim -> assertThat(had.add(claim.logKey())).isTrue());
            }
            for (GroupResource resource :
                    List.of(ServiceClaims.ADDRESSES, ServiceClaims.NODE_PORTS)) {
                state.list(resource).forEach(stored -> claimed.add(stored.key().logKey()));
            }
            assertThat(claimed).isEqualTo(had);
        }
    }
}
