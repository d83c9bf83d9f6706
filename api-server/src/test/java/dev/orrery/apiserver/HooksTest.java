package dev.orrery.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.hook.HookAnswer;
import dev.orrery.apiserver.hook.HookCall;
import dev.orrery.apiserver.hook.HookException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/ */
class HooksTest {

    private static final String API = "/apis/admissionregistration.k8s.io/v1/";
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    private final TestServer server = new TestServer();
    private final List<HookCall> calls = new ArrayList<>();

    /** What is answered to the request in a review, by the path that is called. */
    private Function<JsonNode, String> answer = _ -> "'allowed': true";

    HooksTest() {
        answerAll();
    }

    @BeforeEach
    void answerAll() {
        server.hooks =
                call -> {
                    calls.add(call);
                    JsonNode request = Trees.read(call.body()).path("request");
                    String response = answer.apply(request);
                    return CompletableFuture.completedFuture(
                            new HookAnswer(200, review(request.path("uid").asText(), response)));
                };
    }

    private static byte[] review(String uid, String response) {
        return """
        {"kind": "AdmissionReview", "apiVersion": "admission.k8s.io/v1",
         "response": {"uid": "%s", %s}}
        """
                .formatted(uid, response.replace('\'', '"'))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String patch(String operations) {
        byte[] json = operations.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return "'allowed': true, 'patchType': 'JSONPatch', 'patch': '"
                + Base64.getEncoder().encodeToString(json)
                + "'";
    }

    private void webhook(String kind, String name, String more) {
        String rules =
                """
                "rules": [{"operations": ["*"], "apiGroups": ["*"], "apiVersions": ["*"],
                           "resources": ["configmaps", "validatingwebhookconfigurations"]}]
                """;
        String configuration =
                """
                {"metadata": {"name": "%s"}, "webhooks": [{"name": "%s.example.com",
                 "sideEffects": "None", "admissionReviewVersions": ["v1"],
                 "clientConfig": {"url": "https://127.0.0.1:9/%s"}, %s, %s}]}
                """
                        .formatted(name, name, name, rules, more.replace('\'', '"'));
        TestServer.Reply made = server.post(API + kind + "webhookconfigurations", configuration);
        assertThat(made.code()).as(made.text()).isEqualTo(201);
    }

    private TestServer.Reply map(String name) {
        return server.post(
                MAPS,
                "{\"metadata\": {\"name\": \"%s\"}, \"data\": {\"x\": \"1\"}}".formatted(name));
    }

    private ObjectNode request(int call) {
        return (ObjectNode) Trees.read(calls.get(call).body()).path("request");
    }

    @Test
    void aWebhookSeesTheWholeRequest() {
        webhook("validating", "see", "'timeoutSeconds': 3");
        assertThat(map("a").code()).isEqualTo(201);
        assertThat(calls).hasSize(1);
        assertThat(calls.getFirst().url()).isEqualTo("https://127.0.0.1:9/see?timeout=3s");
        ObjectNode request = request(0);
        assertThat(request.at("/kind/kind").asText()).isEqualTo("ConfigMap");
        assertThat(request.at("/resource/resource").asText()).isEqualTo("configmaps");
        assertThat(request.at("/requestResource/version").asText()).isEqualTo("v1");
        assertThat(request.path("operation").asText()).isEqualTo("CREATE");
        assertThat(request.path("name").asText()).isEqualTo("a");
        assertThat(request.path("namespace").asText()).isEqualTo("default");
        assertThat(request.at("/userInfo/username").asText()).isEqualTo("kubernetes-admin");
        assertThat(request.at("/object/data/x").asText()).isEqualTo("1");
        assertThat(request.at("/oldObject").isNull()).isTrue();
        assertThat(request.at("/options/kind").asText()).isEqualTo("CreateOptions");
        server.patch(MAPS + "/a", TestServer.MERGE, "{\"data\": {\"y\": \"2\"}}");
        assertThat(request(1).path("operation").asText()).isEqualTo("UPDATE");
        assertThat(request(1).at("/oldObject/data/x").asText()).isEqualTo("1");
        server.delete(MAPS + "/a", "");
        assertThat(request(2).path("operation").asText()).isEqualTo("DELETE");
        assertThat(request(2).at("/object").isNull()).isTrue();
        assertThat(request(2).at("/oldObject/data/y").asText()).isEqualTo("2");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    'allowed': true                                               | 201 | -
                    'allowed': false                                              | 400 | admission webhook "p.example.com" denied the request without explanation
                    'allowed': false, 'status': {'message': 'no'}                 | 400 | admission webhook "p.example.com" denied the request: no
                    'allowed': false, 'status': {'reason': 'Because'}             | 400 | admission webhook "p.example.com" denied the request: Because
                    'allowed': false, 'status': {'message': 'no', 'code': 403}    | 403 | admission webhook "p.example.com" denied the request: no
                    'allowed': true, 'patch': 'W10='                              | 500 | Internal error occurred: failed calling webhook "p.example.com": received invalid webhook response: validating webhook may not return response.patch
                    """)
    void aValidatingWebhookDecides(String response, int code, String message) {
        webhook("validating", "p", "'failurePolicy': 'Fail'");
        answer = _ -> response;
        TestServer.Reply reply = map("a");
        assertThat(reply.code()).as(reply.text()).isEqualTo(code);
        if (code != 201) {
            assertThat(reply.message()).isEqualTo(message);
            assertThat(server.get(MAPS + "/a").code()).isEqualTo(404);
        }
    }

    @Test
    void aWebhookWarns() {
        webhook("validating", "warns", "'failurePolicy': 'Fail'");
        answer = _ -> "'allowed': true, 'warnings': ['beware', 'of the dog']";
        assertThat(map("a").response().warnings()).containsExactly("beware", "of the dog");
        answer = _ -> "'allowed': false, 'warnings': ['told you']";
        assertThat(map("b").response().warnings()).containsExactly("told you");
    }

    @Test
    void mutatingWebhooksPatchInTurnByName() {
        webhook("mutating", "b", "'failurePolicy': 'Fail'");
        webhook("mutating", "a", "'failurePolicy': 'Fail'");
        answer =
                request ->
                        request.at("/object/data").has("first")
                                ? patch("[{'op': 'add', 'path': '/data/second', 'value': 'b'}]")
                                : patch("[{'op': 'add', 'path': '/data/first', 'value': 'a'}]");
        TestServer.Reply made = map("m");
        assertThat(made.code()).as(made.text()).isEqualTo(201);
        assertThat(made.field("/data/first")).isEqualTo("a");
        assertThat(made.field("/data/second")).isEqualTo("b");
        assertThat(calls)
                .extracting(HookCall::url)
                .containsExactly(
                        "https://127.0.0.1:9/a?timeout=10s", "https://127.0.0.1:9/b?timeout=10s");
    }

    @Test
    void aWebhookIsAskedAgainAboutWhatLaterOnesChanged() {
        webhook("mutating", "a", "'reinvocationPolicy': 'IfNeeded'");
        webhook("mutating", "b", "'reinvocationPolicy': 'IfNeeded'");
        answer =
                request ->
                        request.at("/object/data").has("b")
                                ? "'allowed': true"
                                : patch("[{'op': 'add', 'path': '/data/b', 'value': 'b'}]");
        webhook("validating", "c", "'failurePolicy': 'Fail'");
        map("m");
        assertThat(calls)
                .extracting(call -> call.target().path())
                .containsExactly("/a", "/b", "/c");
        calls.clear();
        answer =
                request ->
                        calls.getLast().target().path().equals("/b")
                                ? patch("[{'op': 'add', 'path': '/data/n', 'value': 'b'}]")
                                : "'allowed': true";
        map("n");
        assertThat(calls)
                .extracting(call -> call.target().path())
                .containsExactly("/a", "/b", "/a", "/c");
    }

    @Test
    void aWebhookThatCannotBeReachedFailsTheRequestUnlessItMay() {
        server.hooks =
                call ->
                        CompletableFuture.failedFuture(
                                new HookException(call, "context deadline exceeded"));
        webhook("validating", "closed", "'timeoutSeconds': 1");
        TestServer.Reply reply = map("a");
        assertThat(reply.code()).isEqualTo(500);
        assertThat(reply.reason()).isEqualTo("InternalError");
        assertThat(reply.message())
                .isEqualTo(
                        "Internal error occurred: failed calling webhook \"closed.example.com\":"
                                + " failed to call webhook: Post"
                                + " \"https://127.0.0.1:9/closed?timeout=1s\": context deadline"
                                + " exceeded");
        server.delete(API + "validatingwebhookconfigurations/closed", "");
        webhook("validating", "open", "'failurePolicy': 'Ignore'");
        assertThat(map("a").code()).isEqualTo(201);
    }

    @Test
    void aServiceIsAskedAtOneOfItsEndpoints() {
        String configuration =
                """
                {"metadata": {"name": "svc"}, "webhooks": [{"name": "svc.example.com",
                 "sideEffects": "None", "admissionReviewVersions": ["v1"],
                 "rules": [{"operations": ["CREATE"], "apiGroups": [""], "apiVersions": ["v1"], "resources": ["configmaps"]}],
                 "clientConfig": {"service": {"namespace": "default", "name": "hook", "path": "/check", "port": 8443}}}]}
                """;
        server.post(API + "validatingwebhookconfigurations", configuration);
        assertThat(map("a").message())
                .endsWith(
                        "failed to call webhook: Post"
                                + " \"https://hook.default.svc:8443/check?timeout=10s\": service"
                                + " \"hook\" not found");
        TestServer.Reply service =
                server.post(
                        "/api/v1/namespaces/default/services",
                        """
                        {"metadata": {"name": "hook"}, "spec": {"clusterIP": "None", "clusterIPs": ["None"],
                         "ipFamilies": ["IPv4"], "ipFamilyPolicy": "SingleStack",
                         "ports": [{"port": 8443, "targetPort": 9443, "name": "https"}]}}
                        """);
        assertThat(service.code()).as(service.text()).isEqualTo(201);
        assertThat(map("a").message()).endsWith("no endpoints available for service \"hook\"");
        TestServer.Reply slice =
                server.post(
                        "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices",
                        """
                        {"metadata": {"name": "hook-1", "labels": {"kubernetes.io/service-name": "hook"}},
                         "addressType": "IPv4", "ports": [{"name": "https", "port": 9443}],
                         "endpoints": [{"addresses": ["10.1.2.3"], "conditions": {"ready": false}},
                                       {"addresses": ["10.1.2.4"], "conditions": {"ready": true}}]}
                        """);
        assertThat(slice.code()).as(slice.text()).isEqualTo(201);
        assertThat(map("a").code()).isEqualTo(201);
        HookCall call = calls.getLast();
        assertThat(call.target().host()).isEqualTo("10.1.2.4");
        assertThat(call.target().port()).isEqualTo(9443);
        assertThat(call.target().serverName()).isEqualTo("hook.default.svc");
        assertThat(call.url()).isEqualTo("https://hook.default.svc:8443/check?timeout=10s");
    }

    @Test
    void aDryRunAsksOnlyThoseWithoutSideEffects() {
        webhook("validating", "none", "'failurePolicy': 'Fail'");
        assertThat(
                        server.post(
                                        MAPS + "?dryRun=All",
                                        "{\"metadata\": {\"name\": \"dry\"}, \"data\": {}}")
                                .code())
                .isEqualTo(201);
        assertThat(request(0).path("dryRun").asBoolean()).isTrue();
    }

    @Test
    void webhooksAreNotAskedAboutWebhooks() {
        answer = _ -> "'allowed': false";
        webhook("validating", "one", "'failurePolicy': 'Fail'");
        webhook("validating", "two", "'failurePolicy': 'Fail'");
        assertThat(server.delete(API + "validatingwebhookconfigurations/one", "").code())
                .isEqualTo(200);
        assertThat(calls).isEmpty();
    }

    @Test
    void matchConditionsSpareACall() {
        answer = _ -> "'allowed': false";
        webhook(
                "validating",
                "skips",
                "'matchConditions': [{'name': 'skip', 'expression': 'size(object.metadata.name) != 7'}]");
        assertThat(map("skip-me").code()).isEqualTo(201);
        assertThat(map("other").code()).isEqualTo(400);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    'matchConditions': [{'name': 'a', 'expression': 'nope'}] | webhooks[0].matchConditions[0].expression: Invalid value: "nope": compilation failed: ERROR: <input>:1:1: undeclared reference to 'nope'
                    'timeoutSeconds': 31        | webhooks[0].timeoutSeconds: Invalid value: 31: the timeout value must be between 1 and 30 seconds
                    'failurePolicy': 'Maybe'    | webhooks[0].failurePolicy: Unsupported value: "Maybe": supported values: "Fail", "Ignore"
                    'clientConfig': {'url': 'http://x/'}  | webhooks[0].clientConfig.url: Invalid value: "http": 'https' is the only allowed URL scheme; desired format: https://host[/path]
                    'clientConfig': {}          | webhooks[0].clientConfig: Required value: exactly one of url or service is required
                    'name': 'short'             | webhooks[0].name: Invalid value: "short": should be a domain with at least three segments separated by dots
                    'sideEffects': 'Some'       | webhooks[0].sideEffects: Unsupported value: "Some": supported values: "None", "NoneOnDryRun"
                    'admissionReviewVersions': ['v7'] | webhooks[0].admissionReviewVersions: Invalid value: ["v7"]: must include at least one of v1, v1beta1
                    """)
    void aWebhookThatCannotWorkIsRefused(String wrong, String message) {
        ObjectNode webhook =
                Trees.read(
                        """
                        {"name": "a.example.com", "sideEffects": "None", "admissionReviewVersions": ["v1"],
                         "clientConfig": {"url": "https://127.0.0.1/"}}
                        """
                                .getBytes(StandardCharsets.UTF_8));
        webhook.setAll(
                Trees.read(
                        ("{" + wrong.replace('\'', '"') + "}").getBytes(StandardCharsets.UTF_8)));
        ObjectNode configuration = Trees.object();
        configuration.putObject("metadata").put("name", "bad");
        configuration.putArray("webhooks").add(webhook);
        TestServer.Reply reply =
                server.post(API + "mutatingwebhookconfigurations", configuration.toString());
        assertThat(reply.code()).as(reply.text()).isEqualTo(422);
        assertThat(reply.message()).contains(message);
    }

    @Test
    void connectionsAndActionsAreAskedAboutToo() {
        String configuration =
                """
                {"metadata": {"name": "connect"}, "webhooks": [{"name": "connect.example.com",
                 "sideEffects": "None", "admissionReviewVersions": ["v1"], "clientConfig": {"url": "https://127.0.0.1:9/"},
                 "rules": [{"operations": ["CONNECT"], "apiGroups": [""], "apiVersions": ["v1"], "resources": ["pods/exec"]},
                           {"operations": ["CREATE"], "apiGroups": [""], "apiVersions": ["v1"], "resources": ["pods/eviction"]}]}]}
                """;
        server.post(API + "validatingwebhookconfigurations", configuration);
        answer = _ -> "'allowed': false, 'status': {'message': 'no'}";
        assertThat(server.execRefusal("p", Map.of("command", "ls", "stdin", "true")))
                .isEqualTo("admission webhook \"connect.example.com\" denied the request: no");
        assertThat(request(0).path("operation").asText()).isEqualTo("CONNECT");
        assertThat(request(0).path("subResource").asText()).isEqualTo("exec");
        assertThat(request(0).at("/kind/kind").asText()).isEqualTo("PodExecOptions");
        assertThat(request(0).at("/object/command/0").asText()).isEqualTo("ls");
        assertThat(request(0).at("/object/stdin").asBoolean()).isTrue();
        TestServer.Reply evicted =
                server.post(
                        "/api/v1/namespaces/default/pods/p/eviction",
                        "{\"metadata\": {\"name\": \"p\"}}");
        assertThat(evicted.message()).endsWith("denied the request: no");
        assertThat(request(1).at("/kind/kind").asText()).isEqualTo("Eviction");
    }

    @Test
    void aScalingIsShownAsAScale() {
        server.post(
                "/apis/apps/v1/namespaces/default/deployments",
                """
                {"metadata": {"name": "web"}, "spec": {"replicas": 1, "selector": {"matchLabels": {"a": "b"}},
                 "template": {"metadata": {"labels": {"a": "b"}}, "spec": {"containers": [{"name": "c", "image": "i"}]}}}}
                """);
        String configuration =
                """
                {"metadata": {"name": "scale"}, "webhooks": [{"name": "scale.example.com",
                 "sideEffects": "None", "admissionReviewVersions": ["v1"], "clientConfig": {"url": "https://127.0.0.1:9/"},
                 "rules": [{"operations": ["UPDATE"], "apiGroups": ["apps"], "apiVersions": ["v1"], "resources": ["deployments/scale"]}]}]}
                """;
        server.post(API + "mutatingwebhookconfigurations", configuration);
        answer = _ -> patch("[{'op': 'replace', 'path': '/spec/replicas', 'value': 7}]");
        String scale = "/apis/apps/v1/namespaces/default/deployments/web/scale";
        TestServer.Reply scaled =
                server.patch(scale, TestServer.MERGE, "{\"spec\": {\"replicas\": 3}}");
        assertThat(scaled.code()).as(scaled.text()).isEqualTo(200);
        assertThat(request(0).at("/object/kind").asText()).isEqualTo("Scale");
        assertThat(request(0).at("/object/spec/replicas").asInt()).isEqualTo(3);
        assertThat(request(0).at("/oldObject/spec/replicas").asInt()).isEqualTo(1);
        assertThat(scaled.field("/spec/replicas")).isEqualTo("7");
        assertThat(
                        server.get("/apis/apps/v1/namespaces/default/deployments/web")
                                .field("/spec/template/spec/containers/0/name"))
                .isEqualTo("c");
    }

    @Test
    void aPodThatAWebhookPatchedGetsItsDefaults() {
        String configuration =
                """
                {"metadata": {"name": "pods"}, "webhooks": [{"name": "pods.example.com",
                 "sideEffects": "None", "admissionReviewVersions": ["v1"], "clientConfig": {"url": "https://127.0.0.1:9/"},
                 "rules": [{"operations": ["CREATE"], "apiGroups": [""], "apiVersions": ["v1"], "resources": ["pods"]}]}]}
                """;
        server.post(API + "mutatingwebhookconfigurations", configuration);
        answer =
                _ ->
                        patch(
                                "[{'op': 'add', 'path': '/spec/initContainers', 'value': [{'name':"
                                        + " 'init', 'image': 'i', 'resources': {}}]}]");
        TestServer.Reply made =
                server.post(
                        "/api/v1/namespaces/default/pods",
                        """
                        {"metadata": {"name": "p"}, "spec": {"containers": [{"name": "c", "image": "i"}]}}
                        """);
        assertThat(made.code()).as(made.text()).isEqualTo(201);
        assertThat(made.field("/spec/initContainers/0/terminationMessagePolicy")).isEqualTo("File");
    }
}
