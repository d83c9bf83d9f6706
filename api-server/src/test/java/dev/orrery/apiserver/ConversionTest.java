package dev.orrery.apiserver;

import static dev.orrery.apiserver.TestServer.JSON;
import static dev.orrery.apiserver.TestServer.MERGE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.TestServer.Reply;
import dev.orrery.apiserver.TestServer.Watching;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.hook.HookAnswer;
import dev.orrery.apiserver.hook.HookCall;
import dev.orrery.apiserver.hook.HookException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Custom resources in versions that a webhook makes of each other.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/">
 *     Versions in CustomResourceDefinitions</a>
 */
class ConversionTest {

    private static final String CRDS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    private static final String CRD = CRDS + "/addresses.stable.example.com";
    private static final String V1 = "/apis/stable.example.com/v1/namespaces/default/addresses";
    private static final String V2 = "/apis/stable.example.com/v2/namespaces/default/addresses";
    private static final String APPLY = "application/apply-patch+yaml";

    private static final String SECOND_ONLY =
            """
            [{'apiGroups': ['stable.example.com'], 'apiVersions': ['v2'],
              'operations': ['CREATE', 'UPDATE'], 'resources': ['addresses']}]
            """;

    private final TestServer server = new TestServer();
    private final List<HookCall> calls = new ArrayList<>();

    /** Questions that are not to be answered yet. */
    private final List<Runnable> held = new ArrayList<>();

    private boolean holding;

    /** What the webhook does wrong. */
    private Consumer<ObjectNode> spoil = _ -> {};

    /** What an admission webhook answers to a review. */
    private Function<ObjectNode, byte[]> admit = review -> Trees.write(allowed(review));

    @BeforeEach
    void define() {
        server.hooks = this::answered;
        Reply made = server.post(CRDS, definition(true));
        assertThat(made.code()).as(made.text()).isEqualTo(201);
        server.settle();
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    private static String version(String name, boolean storage, String... fields) {
        StringBuilder properties = new StringBuilder();
        StringBuilder selectable = new StringBuilder();
        for (String field : fields) {
            String comma = properties.isEmpty() ? "" : ",";
            properties.append(comma).append("'" + field + "': {'type': 'string'}");
            selectable.append(comma).append("{'jsonPath': '." + field + "'}");
        }
        return """
        {'name': '%s', 'served': true, 'storage': %s, 'selectableFields': [%s], 'schema':
          {'openAPIV3Schema': {'type': 'object', 'properties': {%s}}}}
        """
                .formatted(name, storage, selectable, properties);
    }

    private static String definition(boolean firstStored) {
        return json(
                """
                {'apiVersion': 'apiextensions.k8s.io/v1', 'kind': 'CustomResourceDefinition',
                 'metadata': {'name': 'addresses.stable.example.com'},
                 'spec': {'group': 'stable.example.com', 'scope': 'Namespaced',
                  'names': {'plural': 'addresses', 'kind': 'Address'},
                  'conversion': {'strategy': 'Webhook', 'webhook': {
                    'conversionReviewVersions': ['v1', 'v1beta1'],
                    'clientConfig': {'url': 'https://convert.example.com/crdconvert'}}},
                  'versions': [%s, %s]}}
                """
                        .formatted(
                                version("v1", firstStored, "hostPort"),
                                version("v2", !firstStored, "host", "port")));
    }

    private static String v1(String name, String hostPort) {
        return json(
                "{'apiVersion': 'stable.example.com/v1', 'kind': 'Address', 'metadata': {'name': '"
                        + name
                        + "'}, 'hostPort': '"
                        + hostPort
                        + "'}");
    }

    private static String v2(String name, String host, String port) {
        return json(
                "{'apiVersion': 'stable.example.com/v2', 'kind': 'Address', 'metadata': {'name': '"
                        + name
                        + "'}, 'host': '"
                        + host
                        + "', 'port': '"
                        + port
                        + "'}");
    }

    private CompletionStage<HookAnswer> answered(HookCall call) {
        calls.add(call);
        CompletableFuture<HookAnswer> answer = new CompletableFuture<>();
        Runnable give = () -> answer.complete(new HookAnswer(200, answer(call)));
        if (holding) {
            held.add(give);
        } else {
            give.run();
        }
        return answer;
    }

    private byte[] answer(HookCall call) {
        ObjectNode review = Trees.read(call.body());
        return review.path("kind").asText().equals("AdmissionReview")
                ? admit.apply(review)
                : convert(call.body());
    }

    private byte[] convert(byte[] body) {
        ObjectNode review = Trees.read(body);
        JsonNode request = review.path("request");
        ObjectNode response = review.putObject("response");
        response.put("uid", request.path("uid").asText());
        response.putObject("result").put("status", "Success");
        ArrayNode made = response.putArray("convertedObjects");
        for (JsonNode object : request.path("objects")) {
            ObjectNode converted = object.deepCopy();
            converted.put("apiVersion", request.path("desiredAPIVersion").asText());
            if (converted.has("hostPort")) {
                String[] parts = converted.remove("hostPort").asText().split(":", -1);
                converted.put("host", parts[0]).put("port", parts[1]);
            } else {
                String host = converted.path("host").asText();
                converted.put("hostPort", host + ":" + converted.path("port").asText());
                converted.remove(List.of("host", "port"));
            }
            made.add(converted);
        }
        spoil.accept(review);
        return Trees.write(review);
    }

    private void storeSecond() {
        ObjectNode definition = (ObjectNode) server.get(CRD).body();
        definition.set(
                "spec",
                Trees.read(definition(false).getBytes(StandardCharsets.UTF_8)).path("spec"));
        Reply updated = server.put(CRD, definition);
        assertThat(updated.code()).as(updated.text()).isEqualTo(200);
    }

    private static String address(JsonNode object) {
        String version = object.path("apiVersion").asText();
        return version.substring(version.indexOf('/') + 1)
                + " "
                + object.at("/metadata/name").asText()
                + " "
                + object.path("hostPort").asText()
                + object.path("host").asText()
                + " "
                + object.path("port").asText();
    }

    private List<String> list(String path) {
        List<String> addresses = new ArrayList<>();
        Reply reply = server.get(path);
        assertThat(reply.code()).as(reply.text()).isEqualTo(200);
        reply.body().path("items").forEach(item -> addresses.add(address(item)));
        return addresses;
    }

    @Test
    void isReadInEitherVersion() {
        server.post(V1, v1("a", "h:80"));
        assertThat(calls).isEmpty();
        assertThat(address(server.get(V1 + "/a").body())).isEqualTo("v1 a h:80 ");
        assertThat(address(server.get(V2 + "/a").body())).isEqualTo("v2 a h 80");
        assertThat(calls).hasSize(1);
        assertThat(calls.getFirst().url())
                .isEqualTo("https://convert.example.com/crdconvert?timeout=30s");
        assertThat(address(server.get(V2 + "/a").body())).isEqualTo("v2 a h 80");
        assertThat(calls).as("known from the first time").hasSize(1);
    }

    @Test
    void isWrittenInEitherVersion() {
        Reply made = server.post(V2, v2("a", "h", "80"));
        assertThat(made.code()).as(made.text()).isEqualTo(201);
        assertThat(address(made.body())).isEqualTo("v2 a h 80");
        assertThat(address(server.get(V1 + "/a").body())).isEqualTo("v1 a h:80 ");
        Reply patched = server.patch(V2 + "/a", MERGE, json("{'port': '81'}"));
        assertThat(address(patched.body())).isEqualTo("v2 a h 81");
        ObjectNode object = (ObjectNode) server.get(V2 + "/a").body();
        Reply put = server.put(V2 + "/a", object.put("host", "i"));
        assertThat(put.code()).as(put.text()).isEqualTo(200);
        assertThat(address(server.get(V1 + "/a").body())).isEqualTo("v1 a i:81 ");
        assertThat(put.body().at("/metadata/generation").asInt()).isEqualTo(3);
        Reply gone = server.delete(V2 + "/a", "");
        assertThat(gone.code()).as(gone.text()).isEqualTo(200);
        assertThat(server.get(V1 + "/a").code()).isEqualTo(404);
    }

    @Test
    void aListOfSeveralStoredVersionsIsShownInOne() {
        server.post(V1, v1("a", "h:80"));
        storeSecond();
        server.post(V1, v1("b", "i:81"));
        calls.clear();
        assertThat(list(V2)).containsExactly("v2 a h 80", "v2 b i 81");
        assertThat(list(V1)).containsExactly("v1 a h:80 ", "v1 b i:81 ");
        assertThat(calls).as("one object to be asked for in each").hasSize(2);
        assertThat(server.get(CRD).body().at("/status/storedVersions").toString())
                .isEqualTo("[\"v1\",\"v2\"]");
        assertThat(list(V2 + "?limit=1")).containsExactly("v2 a h 80");
        assertThat(list(V2 + "?fieldSelector=host=i")).containsExactly("v2 b i 81");
    }

    @Test
    void aWatchShowsItsVersionInTheOrderOfTheLog() {
        server.post(V1, v1("a", "h:80"));
        Watching watch = server.watch(V2 + "?watch=1");
        assertThat(watch.events())
                .extracting(each -> address(each.path("object")))
                .containsExactly("v2 a h 80");
        holding = true;
        server.post(V1, v1("b", "i:81"));
        server.post(V1, v1("c", "k:82"));
        assertThat(watch.events()).isEmpty();
        holding = false;
        server.patch(V1 + "/b", MERGE, json("{'hostPort': 'i:91'}"));
        server.delete(V1 + "/c", "");
        held.forEach(Runnable::run);
        assertThat(watch.events())
                .extracting(each -> each.path("type").asText() + " " + address(each.path("object")))
                .containsExactly(
                        "ADDED v2 b i 81",
                        "ADDED v2 c k 82",
                        "MODIFIED v2 b i 91",
                        "DELETED v2 c k 82");
    }

    @Test
    void isSelectedByTheFieldsOfTheVersion() {
        Watching hosts = server.watch(V2 + "?watch=1&fieldSelector=host=host1");
        Watching both = server.watch(V2 + "?watch=1&fieldSelector=host=host1,port=80");
        Watching first = server.watch(V1 + "?watch=1&fieldSelector=hostPort=host1:80");
        server.post(V2, v2("a", "host1", "80"));
        server.post(V2, v2("b", "host1", "8080"));
        server.post(V2, v2("c", "host2", "80"));
        assertThat(list(V2 + "?fieldSelector=host=host1")).hasSize(2);
        assertThat(list(V1 + "?fieldSelector=hostPort=host1:8080"))
                .containsExactly("v1 b host1:8080 ");
        assertThat(hosts.summary()).containsExactly("ADDED a", "ADDED b");
        assertThat(both.summary()).containsExactly("ADDED a");
        assertThat(first.summary()).containsExactly("ADDED a");
        server.send("DELETE", V2 + "?fieldSelector=host=host1,port=80", JSON, "", "");
        server.patch(V2 + "/b", MERGE, json("{'host': 'host2'}"));
        assertThat(hosts.summary()).containsExactly("DELETED a", "DELETED b");
        assertThat(both.summary()).containsExactly("DELETED a");
        assertThat(first.summary()).containsExactly("DELETED a");
        assertThat(list(V2)).containsExactly("v2 b host2 8080", "v2 c host2 80");
    }

    @Test
    void ownersOfFieldsAreKeptThroughVersions() {
        server.patch(V1 + "/a?fieldManager=one", APPLY, v1("a", "h:80"));
        Reply conflict = server.patch(V2 + "/a?fieldManager=two", APPLY, v2("a", "h", "81"));
        assertThat(conflict.code()).as(conflict.text()).isEqualTo(409);
        assertThat(conflict.message()).contains("conflict with \"one\": .hostPort");
        Reply changed = server.patch(V2 + "/a?fieldManager=three", MERGE, json("{'port': '82'}"));
        assertThat(changed.code()).as(changed.text()).isEqualTo(200);
        assertThat(changed.body().at("/metadata/managedFields").findValuesAsText("manager"))
                .containsExactly("three");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    result    | conversion webhook for stable.example.com/v1, Kind=Address failed: no way
                    uid       | conversion webhook for stable.example.com/v1, Kind=Address failed: expected response.uid="u", got "other"
                    none      | conversion webhook for stable.example.com/v1, Kind=Address returned 0 objects, expected 1
                    version   | conversion webhook for stable.example.com/v1, Kind=Address returned invalid object at index 0: invalid groupVersion (expected stable.example.com/v2, received stable.example.com/v3)
                    name      | conversion webhook for stable.example.com/v1, Kind=Address returned invalid object at index 0: must have the same name: a != b
                    down      | conversion webhook for stable.example.com/v1, Kind=Address failed: Post "https://convert.example.com/crdconvert?timeout=30s": EOF
                    """)
    void whatTheWebhookDoesWrongIsSaid(String what, String message) {
        server.post(V1, v1("a", "h:80"));
        if (what.equals("down")) {
            server.hooks = call -> CompletableFuture.failedFuture(new HookException(call, "EOF"));
        }
        spoil =
                review -> {
                    ObjectNode response = (ObjectNode) review.path("response");
                    ArrayNode made = (ArrayNode) response.path("convertedObjects");
                    switch (what) {
                        case "result" ->
                                response.putObject("result")
                                        .put("status", "Failed")
                                        .put("message", "no way");
                        case "uid" -> response.put("uid", "other");
                        case "none" -> made.removeAll();
                        case "version" ->
                                ((ObjectNode) made.get(0))
                                        .put("apiVersion", "stable.example.com/v3");
                        case "name" -> ((ObjectNode) made.get(0).path("metadata")).put("name", "b");
                        default -> {}
                    }
                };
        for (String path : List.of(V2 + "/a", V2)) {
            Reply reply = server.get(path);
            assertThat(reply.code()).isEqualTo(500);
            assertThat(reply.message().replaceAll("uid=\"[0-9a-f-]{36}\"", "uid=\"u\""))
                    .isEqualTo(message);
        }
        assertThat(server.watch(V2 + "?watch=1").summary()).containsExactly("ERROR ");
        assertThat(server.get(V1 + "/a").code()).as("nobody has to be asked").isEqualTo(200);
    }

    @Test
    void aWebhookChangesLabelsAndAnnotationsButNoOtherMetadata() {
        server.post(V1, v1("a", "h:80"));
        spoil =
                review -> {
                    ObjectNode metadata =
                            (ObjectNode) review.at("/response/convertedObjects/0/metadata");
                    metadata.put("generation", 99).putObject("labels").put("made", "by-webhook");
                };
        Reply reply = server.get(V2 + "/a");
        assertThat(reply.field("/metadata/labels/made")).isEqualTo("by-webhook");
        assertThat(reply.field("/metadata/generation")).isEqualTo("1");
    }

    @Test
    void aDefinitionGoesWithItsObjectsThoughTheWebhookIsGone() {
        server.post(V1, v1("a", "h:80"));
        storeSecond();
        server.hooks = call -> CompletableFuture.failedFuture(new HookException(call, "EOF"));
        server.delete(CRD, "");
        server.settle();
        assertThat(server.get(CRD).code()).isEqualTo(404);
    }

    private static ObjectNode allowed(ObjectNode review) {
        ObjectNode response = review.putObject("response");
        response.put("uid", review.at("/request/uid").asText()).put("allowed", true);
        return review;
    }

    private void program(String resource, String object) {
        Reply made = server.post("/apis/admissionregistration.k8s.io/v1/" + resource, json(object));
        assertThat(made.code()).as(made.text()).isEqualTo(201);
    }

    private void policy(String kind, String more) {
        program(
                kind + "admissionpolicies",
                """
                {'metadata': {'name': 'p'}, 'spec': {
                 'matchConstraints': {'resourceRules': %s}, %s}}
                """
                        .formatted(SECOND_ONLY, more));
        String actions = kind.equals("validating") ? ", 'validationActions': ['Deny']" : "";
        program(
                kind + "admissionpolicybindings",
                "{'metadata': {'name': 'b'}, 'spec': {'policyName': 'p'" + actions + "}}");
    }

    @Test
    void aValidatingPolicySeesTheVersionThatItIsAbout() {
        policy(
                "validating",
                """
                'matchConditions': [{'name': 'c', 'expression': 'object.host.startsWith("h")'}],
                'validations': [{'expression':
                  'object.port != "81" && (oldObject == null || oldObject.port != "82") &&
                   object.apiVersion == request.kind.group + "/v2" &&
                   request.requestKind.version == request.requestResource.version'}]
                """
                        .replace("\n", " ")
                        .replace("\"", "\\\""));
        for (String path : List.of(V1, V2)) {
            boolean first = path.equals(V1);
            Reply denied = server.post(path, first ? v1("no", "h:81") : v2("no", "h", "81"));
            assertThat(denied.code()).as(denied.text()).isEqualTo(422);
            Reply spared = server.post(path, first ? v1("i1", "i:81") : v2("i2", "i", "81"));
            assertThat(spared.code()).as(spared.text()).isEqualTo(201);
        }
        assertThat(server.post(V1, v1("a", "h:82")).code()).isEqualTo(201);
        for (String path : List.of(V1, V2)) {
            Reply denied =
                    server.patch(path + "/a", MERGE, json("{'metadata': {'labels': {'x': 'y'}}}"));
            assertThat(denied.code()).as(denied.text()).isEqualTo(422);
        }
    }

    @Test
    void aMutatingPolicyChangesTheVersionThatItIsAbout() {
        policy(
                "mutating",
                """
                'failurePolicy': 'Fail', 'reinvocationPolicy': 'Never',
                'matchConditions': [{'name': 'c', 'expression': 'object.host == "h"'}],
                'mutations': [
                 {'patchType': 'JSONPatch', 'jsonPatch': {'expression':
                  '[JSONPatch{op: "replace", path: "/port", value: object.port + "1"}]'}},
                 {'patchType': 'JSONPatch', 'jsonPatch': {'expression':
                  '[JSONPatch{op: "replace", path: "/port", value: object.port + "2"}]'}}]
                """
                        .replace("\n", " ")
                        .replace("\"", "\\\""));
        Reply first = server.post(V1, v1("a", "h:80"));
        assertThat(address(first.body())).as(first.text()).isEqualTo("v1 a h:8012 ");
        Reply second = server.post(V2, v2("b", "h", "80"));
        assertThat(address(second.body())).as(second.text()).isEqualTo("v2 b h 8012");
        Reply spared = server.post(V1, v1("c", "i:80"));
        assertThat(address(spared.body())).as(spared.text()).isEqualTo("v1 c i:80 ");
    }

    @Test
    void anAdmissionWebhookSeesAndPatchesTheVersionThatItIsAbout() {
        for (String kind : List.of("mutating", "validating")) {
            program(
                    kind + "webhookconfigurations",
                    """
                    {'metadata': {'name': '%s'}, 'webhooks': [{'name': '%s.example.com',
                     'sideEffects': 'None', 'admissionReviewVersions': ['v1'],
                     'matchConditions': [{'name': 'c', 'expression': 'object.host != \\'i\\''}],
                     'clientConfig': {'url': 'https://127.0.0.1:9/admit'}, 'rules': %s}]}
                    """
                            .replace("\\'", "`")
                            .formatted(kind, kind, SECOND_ONLY)
                            .replace("`i`", "\\\"i\\\""));
        }
        List<String> seen = new ArrayList<>();
        admit =
                review -> {
                    boolean mutates = seen.size() % 2 == 0;
                    seen.add(address(review.at("/request/object")));
                    ObjectNode answer = allowed(review);
                    if (mutates) {
                        byte[] patch =
                                json("[{'op': 'replace', 'path': '/port', 'value': '90'}]")
                                        .getBytes(StandardCharsets.UTF_8);
                        ((ObjectNode) answer.path("response"))
                                .put("patchType", "JSONPatch")
                                .put("patch", Base64.getEncoder().encodeToString(patch));
                    }
                    return Trees.write(answer);
                };
        Reply first = server.post(V1, v1("a", "h:80"));
        assertThat(address(first.body())).as(first.text()).isEqualTo("v1 a h:90 ");
        Reply second = server.post(V2, v2("b", "h", "80"));
        assertThat(address(second.body())).as(second.text()).isEqualTo("v2 b h 90");
        assertThat(seen).containsExactly("v2 a h 80", "v2 a h 90", "v2 b h 80", "v2 b h 90");
        Reply spared = server.post(V1, v1("c", "i:80"));
        assertThat(address(spared.body())).as(spared.text()).isEqualTo("v1 c i:80 ");
        assertThat(seen).hasSize(4);
    }
}
