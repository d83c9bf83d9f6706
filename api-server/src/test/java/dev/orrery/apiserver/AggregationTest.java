package dev.orrery.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.TestServer.Reply;
import dev.orrery.apiserver.node.ClusterHttp;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/**
 * API servers behind Services.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/extend-kubernetes/api-extension/apiserver-aggregation/">
 *     Kubernetes API Aggregation Layer</a>
 */
class AggregationTest {

    private static final String SERVICES = "/apis/apiregistration.k8s.io/v1/apiservices";
    private static final String NAME = SERVICES + "/v1alpha1.wardle.example.com";
    private static final String RESOURCES =
            """
            {"kind": "APIResourceList", "groupVersion": "wardle.example.com/v1alpha1", "resources": [
              {"name": "flunders", "singularName": "flunder", "namespaced": true, "kind": "Flunder",
               "verbs": ["get"]},
              {"name": "flunders/status", "namespaced": true, "kind": "Flunder", "verbs": ["get"]}]}
            """;

    private final TestServer server = new TestServer();
    private final List<ClusterHttp.Call> calls = new ArrayList<>();
    private int code = 200;

    private ClusterHttp.Exchange answer(ClusterHttp.Call call) {
        calls.add(call);
        byte[] body = RESOURCES.getBytes(StandardCharsets.UTF_8);
        ClusterHttp.Reply reply = new ClusterHttp.Reply(code, Map.of(), body);
        return new ClusterHttp.Exchange() {
            @Override
            public CompletionStage<ClusterHttp.Reply> reply() {
                return CompletableFuture.completedFuture(reply);
            }

            @Override
            public void cancel() {}
        };
    }

    private void tick(int seconds) {
        for (int i = 0; i < seconds; i++) {
            server.clock.advance(Duration.ofSeconds(1));
            server.settle();
        }
    }

    private String condition() {
        JsonNode condition = server.get(NAME).body().at("/status/conditions/0");
        return condition.path("status").asText()
                + " "
                + condition.path("reason").asText()
                + ": "
                + condition.path("message").asText();
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    private void make(String path, String object) {
        Reply made = server.post(path, object);
        assertThat(made.code()).as(made.text()).isEqualTo(201);
    }

    private void register() {
        make(
                SERVICES,
                json(
                        """
                        {'metadata': {'name': 'v1alpha1.wardle.example.com'}, 'spec': {
                         'group': 'wardle.example.com', 'version': 'v1alpha1',
                         'service': {'namespace': 'default', 'name': 'api', 'port': 7443},
                         'insecureSkipTLSVerify': true,
                         'groupPriorityMinimum': 2000, 'versionPriority': 200}}
                        """));
    }

    private void serve() {
        make(
                "/api/v1/namespaces/default/services",
                json(
                        """
                        {'metadata': {'name': 'api'}, 'spec': {'clusterIP': 'None', 'clusterIPs': ['None'],
                         'ports': [{'port': 7443, 'targetPort': 443}]}}
                        """));
    }

    private void endpoint() {
        make(
                "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices",
                json(
                        """
                        {'metadata': {'name': 'api-1', 'labels': {'kubernetes.io/service-name': 'api'}},
                         'addressType': 'IPv4', 'ports': [{'name': '', 'port': 443}],
                         'endpoints': [{'addresses': ['10.244.0.9'], 'conditions': {'ready': true}}]}
                        """));
    }

    @Test
    void anApiServiceSaysWhatIsMissing() {
        server.cluster = this::answer;
        tick(4);
        register();
        tick(1);
        assertThat(condition())
                .isEqualTo("False ServiceNotFound: service/api in \"default\" is not present");
        serve();
        tick(2);
        assertThat(condition())
                .isEqualTo(
                        "False EndpointsNotFound: cannot find endpointslices for service/api in"
                                + " \"default\"");
        code = 503;
        endpoint();
        tick(2);
        String url = "https://10.244.0.9:443/apis/wardle.example.com/v1alpha1";
        assertThat(condition())
                .isEqualTo(
                        "False FailedDiscoveryCheck: failing or missing response from "
                                + url
                                + ": bad status from "
                                + url
                                + ": 503");
        code = 200;
        tick(2);
        assertThat(condition()).isEqualTo("True Passed: all checks passed");
        assertThat(calls.getLast().headers().get("X-Remote-User"))
                .containsExactly("system:kube-aggregator");
        code = 500;
        tick(11);
        assertThat(condition()).startsWith("False FailedDiscoveryCheck");
    }

    @Test
    void discoveryTellsOfItToo() {
        server.cluster = this::answer;
        tick(4);
        serve();
        endpoint();
        register();
        tick(2);
        assertThat(server.get("/apis").text()).contains("\"wardle.example.com/v1alpha1\"");
        assertThat(server.get("/apis/wardle.example.com").field("/preferredVersion/version"))
                .isEqualTo("v1alpha1");
        Reply whole =
                server.send(
                        "GET",
                        "/apis",
                        "",
                        "",
                        "application/json;v=v2;g=apidiscovery.k8s.io;as=APIGroupDiscoveryList");
        assertThat(whole.text())
                .contains(
                        "{\"resource\":\"flunders\",\"responseKind\":{\"group\":\"wardle.example.com\","
                                + "\"version\":\"v1alpha1\",\"kind\":\"Flunder\"},\"scope\":\"Namespaced\","
                                + "\"singularResource\":\"flunder\",\"verbs\":[\"get\"],\"subresources\":["
                                + "{\"subresource\":\"status\"");
        assertThat(server.get("/openapi/v3").text())
                .contains("/openapi/v3/apis/wardle.example.com/v1alpha1");
        server.delete(NAME, "");
        tick(1);
        assertThat(server.get("/apis/wardle.example.com").code()).isEqualTo(404);
    }

    @Test
    void whatIsNotThereIsUnavailable() {
        tick(4);
        register();
        tick(1);
        Reply reply = server.get("/apis/wardle.example.com/v1alpha1/namespaces/default/flunders");
        assertThat(reply.code()).isEqualTo(503);
        assertThat(reply.message()).isEqualTo("service unavailable");
    }
}
