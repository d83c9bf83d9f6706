package dev.orrery.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.apiserver.TestServer.Reply;
import dev.orrery.apiserver.node.NodeUsage;
import dev.orrery.apiserver.node.NodeUsage.Amounts;
import dev.orrery.apiserver.node.NodeUsage.PodUsage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * https://kubernetes.io/docs/tasks/debug/debug-cluster/resource-metrics-pipeline/: the node is
 * measured to use half a core, and in it the pod {@code web} a quarter.
 */
class ResourceMetricsTest {

    private static final String GROUP = "/apis/metrics.k8s.io/v1beta1";
    private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";

    private final TestServer server = new TestServer();
    private String measured = "";

    {
        server.usages = _ -> CompletableFuture.completedFuture(List.of(usage()));
    }

    private NodeUsage usage() {
        return new NodeUsage(
                "node-1",
                TestServer.START,
                Duration.ofSeconds(15),
                new Amounts(500_000_000, 64 << 20),
                List.of(
                        new PodUsage(
                                measured, Map.of("nginx", new Amounts(250_000_000, 8 << 20)))));
    }

    private void createPods() {
        server.post("/api/v1/nodes", "{\"metadata\": {\"name\": \"node-1\"}}");
        measured = createPod("web").field("/metadata/uid");
        createPod("idle");
    }

    private Reply createPod(String name) {
        return server.post(
                "/api/v1/namespaces/default/pods",
                """
                {"metadata": {"name": "%1$s", "labels": {"app": "%1$s"}},
                 "spec": {"containers": [{"name": "nginx", "image": "nginx"}]}}
                """
                        .formatted(name));
    }

    @Test
    void saysWhatPodsAndNodesUse() {
        createPods();

        assertThat(server.get(GROUP + "/namespaces/default/pods/web").text())
                .isEqualTo(
                        "{\"kind\":\"PodMetrics\",\"apiVersion\":\"metrics.k8s.io/v1beta1\","
                                + "\"metadata\":{\"name\":\"web\",\"namespace\":\"default\","
                                + "\"creationTimestamp\":\"2026-01-01T00:00:00Z\","
                                + "\"labels\":{\"app\":\"web\"}},"
                                + "\"timestamp\":\"2026-01-01T00:00:00Z\",\"window\":\"15s\","
                                + "\"containers\":[{\"name\":\"nginx\","
                                + "\"usage\":{\"cpu\":\"250000000n\",\"memory\":\"8192Ki\"}}]}");
        assertThat(server.get(GROUP + "/nodes").body().at("/items/0/usage/cpu").asText())
                .isEqualTo("500000000n");
    }

    @Test
    void findsNothingOfAPodThatIsNotMeasured() {
        createPods();
        Reply reply = server.get(GROUP + "/namespaces/default/pods/idle");

        assertThat(reply.code()).isEqualTo(404);
        assertThat(reply.message()).isEqualTo("pods.metrics.k8s.io \"default/idle\" not found");
        assertThat(server.get(GROUP + "/pods").body().path("items")).hasSize(1);
        assertThat(server.get(GROUP + "/pods?labelSelector=app%3Didle").body().path("items"))
                .isEmpty();
    }

    @Test
    void printsThemAsATable() {
        createPods();
        Reply table = server.send("GET", GROUP + "/namespaces/default/pods", "", "", TABLE);

        assertThat(table.body().at("/rows/0/cells").toString())
                .isEqualTo("[\"web\",\"250m\",\"8Mi\",\"15s\"]");
    }

    @Test
    void canOnlyBeRead() {
        Reply reply = server.post(GROUP + "/nodes", "{\"metadata\": {\"name\": \"node-1\"}}");

        assertThat(reply.code()).isEqualTo(405);
    }
}
