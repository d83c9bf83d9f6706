package dev.orrery.apiserver;

import static dev.orrery.apiserver.TestServer.JSON;
import static dev.orrery.apiserver.TestServer.JSON_PATCH;
import static dev.orrery.apiserver.TestServer.MERGE;
import static dev.orrery.apiserver.TestServer.STRATEGIC;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.TestServer.Reply;
import dev.orrery.apiserver.TestServer.Watching;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Kinds that users describe.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/">
 *     Extend the Kubernetes API with CustomResourceDefinitions</a>
 */
class CustomResourceTest {

    private static final String CRDS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    private static final String TABS = "/apis/stable.example.com/v1/namespaces/default/crontabs";
    private static final String APPLY = "application/apply-patch+yaml";

    private final TestServer server = new TestServer();

    /** Single quotes are easier to read. */
    private static String json(String text) {
        return text.replace('\'', '"');
    }

    static String definition(String versions) {
        return json(
                """
                {'apiVersion': 'apiextensions.k8s.io/v1', 'kind': 'CustomResourceDefinition',
                 'metadata': {'name': 'crontabs.stable.example.com'},
                 'spec': {'group': 'stable.example.com', 'scope': 'Namespaced',
                  'names': {'plural': 'crontabs', 'kind': 'CronTab', 'shortNames': ['ct'],
                            'categories': ['all']},
                  'versions': [%s]}}
                """
                        .formatted(versions));
    }

    private static final String V1 =
            """
            {'name': 'v1', 'served': true, 'storage': true,
             'subresources': {'status': {}, 'scale': {'specReplicasPath': '.spec.replicas',
               'statusReplicasPath': '.status.replicas', 'labelSelectorPath': '.status.selector'}},
             'selectableFields': [{'jsonPath': '.spec.image'}],
             'additionalPrinterColumns': [
               {'name': 'Spec', 'type': 'string', 'jsonPath': '.spec.cronSpec'},
               {'name': 'Replicas', 'type': 'integer', 'jsonPath': '.spec.replicas'},
               {'name': 'Age', 'type': 'date', 'jsonPath': '.metadata.creationTimestamp'}],
             'schema': {'openAPIV3Schema': {'type': 'object', 'properties': {
               'spec': {'type': 'object', 'required': ['cronSpec'], 'properties': {
                 'cronSpec': {'type': 'string', 'pattern': '^(\\\\S+ ?){5}$'},
                 'image': {'type': 'string'},
                 'size': {'type': 'string', 'enum': ['small', 'big']},
                 'replicas': {'type': 'integer', 'minimum': 1, 'maximum': 10, 'default': 1},
                 'ports': {'type': 'array', 'x-kubernetes-list-type': 'map',
                   'x-kubernetes-list-map-keys': ['name'],
                   'items': {'type': 'object', 'required': ['name'], 'properties': {
                     'name': {'type': 'string'}, 'port': {'type': 'integer'}}}},
                 'free': {'type': 'object', 'x-kubernetes-preserve-unknown-fields': true}}},
               'status': {'type': 'object', 'properties': {
                 'replicas': {'type': 'integer'}, 'selector': {'type': 'string'}}}}}}}
            """;

    private static String tab(String name, String spec) {
        return json(
                "{'apiVersion': 'stable.example.com/v1', 'kind': 'CronTab', 'metadata': {'name': '"
                        + name
                        + "'}, 'spec': {"
                        + spec
                        + "}}");
    }

    private static String good(String name) {
        return tab(name, "'cronSpec': '* * * * 5', 'image': 'cron'");
    }

    @BeforeEach
    void describe() {
        Reply made = server.post(CRDS, definition(V1));
        assertThat(made.code()).as(made.text()).isEqualTo(201);
    }

    @Test
    void isServedOnceItsNamesAreAccepted() {
        Reply definition = server.get(CRDS + "/crontabs.stable.example.com");
        assertThat(conditions(definition))
                .containsExactly(
                        "NamesAccepted True NoConflicts", "Established True InitialNamesAccepted");
        assertThat(definition.field("/status/acceptedNames/listKind")).isEqualTo("CronTabList");
        assertThat(definition.field("/status/storedVersions/0")).isEqualTo("v1");
        assertThat(definition.field("/spec/conversion/strategy")).isEqualTo("None");
        assertThat(definition.field("/metadata/generation")).isEqualTo("1");
        assertThat(server.get("/apis/stable.example.com/v1").text())
                .contains("crontabs/status", "crontabs/scale", "\"shortNames\":[\"ct\"]");
        assertThat(server.get("/apis").text()).contains("stable.example.com/v1");
    }

    private static List<String> conditions(Reply definition) {
        return definition
                .body()
                .at("/status/conditions")
                .valueStream()
                .map(condition ->
                        condition.path("type").asText()
                                + " "
                                + condition.path("status").asText()
                                + " "
                                + condition.path("reason").asText())
                .toList();
    }

    @Test
    void keepsObjectsAsAnyOther() {
        Reply made = server.post(TABS, good("a"));
        assertThat(made.code()).as(made.text()).isEqualTo(201);
        assertThat(made.field("/spec/replicas")).isEqualTo("1");
        assertThat(made.field("/metadata/generation")).isEqualTo("1");
        assertThat(server.post(TABS, good("a")).reason()).isEqualTo("AlreadyExists");
        Reply list = server.get("/apis/stable.example.com/v1/crontabs");
        assertThat(list.field("/kind")).isEqualTo("CronTabList");
        assertThat(list.field("/items/0/kind")).isEqualTo("CronTab");
        Reply patched = server.patch(TABS + "/a", MERGE, json("{'spec': {'replicas': 3}}"));
        assertThat(patched.field("/metadata/generation")).isEqualTo("2");
        assertThat(server.patch(TABS + "/a", STRATEGIC, "{}").code()).isEqualTo(415);
        Reply replaced =
                server.patch(
                        TABS + "/a",
                        JSON_PATCH,
                        json("[{'op': 'replace', 'path': '/spec/replicas', 'value': 4}]"));
        assertThat(replaced.field("/spec/replicas")).isEqualTo("4");
        assertThat(server.put(TABS + "/a", good("a")).message())
                .contains("metadata.resourceVersion: Invalid value: 0: must be specified");
        assertThat(server.delete(TABS + "/a", "").field("/status")).isEqualTo("Success");
        assertThat(server.get(TABS + "/a").message())
                .isEqualTo("crontabs.stable.example.com \"a\" not found");
    }

    @Test
    void refusesWhatTheSchemaDoesNotAllow() {
        record Row(String spec, String message) {}
        Row[] rows = {
            new Row("", "spec.cronSpec: Required value"),
            new Row(
                    "'cronSpec': 5",
                    "spec.cronSpec: Invalid value: \"integer\": spec.cronSpec in body must be of"
                            + " type string: \"integer\""),
            new Row(
                    "'cronSpec': 'x'",
                    "spec.cronSpec: Invalid value: \"x\": spec.cronSpec in body should match"
                            + " '^(\\S+ ?){5}$'"),
            new Row(
                    "'cronSpec': '* * * * 5', 'replicas': 11",
                    "spec.replicas: Invalid value: 11: spec.replicas in body should be less than or"
                            + " equal to 10"),
            new Row(
                    "'cronSpec': '* * * * 5', 'size': 'huge'",
                    "spec.size: Unsupported value: \"huge\": supported values: \"small\", \"big\""),
            new Row(
                    "'cronSpec': '* * * * 5', 'ports': [{'name': 'a'}, {'name': 'a'}]",
                    "spec.ports[1]: Duplicate value: {\"name\":\"a\"}"),
        };
        for (Row row : rows) {
            Reply refused = server.post(TABS, tab("bad", row.spec));
            assertThat(refused.code()).as(row.spec).isEqualTo(422);
            assertThat(refused.message())
                    .isEqualTo("CronTab.stable.example.com \"bad\" is invalid: " + row.message);
        }
    }

    @Test
    void prunesAndTellsWhatNobodyDeclared() {
        String spec =
                "'cronSpec': '* * * * 5', 'foo': 1, 'free': {'any': {'thing': 1}}, 'ports':"
                        + " [{'name': 'a', 'bar': 2}]";
        Reply warned = server.post(TABS, tab("a", spec));
        assertThat(warned.code()).isEqualTo(201);
        assertThat(warned.response().warnings())
                .containsExactly(
                        "unknown field \"spec.foo\"", "unknown field \"spec.ports[0].bar\"");
        assertThat(warned.body().path("spec").has("foo")).isFalse();
        assertThat(warned.field("/spec/free/any/thing")).isEqualTo("1");
        Reply strict = server.post(TABS + "?fieldValidation=Strict", tab("b", spec));
        assertThat(strict.code()).isEqualTo(400);
        assertThat(strict.message())
                .isEqualTo(
                        "CronTab in version \"v1\" cannot be handled as a CronTab: strict decoding"
                                + " error: unknown field \"spec.foo\", unknown field"
                                + " \"spec.ports[0].bar\"");
        String twice = good("c").replace("\"image\"", "\"cronSpec\"");
        assertThat(server.post(TABS + "?fieldValidation=Strict", twice).message())
                .contains("duplicate field \"spec.cronSpec\"");
        String meta = good("d").replace("\"name\":", "\"unknownMeta\": 1, \"name\":");
        assertThat(server.post(TABS + "?fieldValidation=Strict", meta).message())
                .contains("unknown field \"metadata.unknownMeta\"");
    }

    @Test
    void keepsStatusAndSpecApart() {
        server.post(TABS, good("a"));
        String status = json("{'spec': {'replicas': 9}, 'status': {'replicas': 2}}");
        Reply whole = server.patch(TABS + "/a", MERGE, status);
        assertThat(whole.body().has("status")).isFalse();
        assertThat(whole.field("/spec/replicas")).isEqualTo("9");
        Reply part =
                server.patch(
                        TABS + "/a/status",
                        MERGE,
                        json(
                                "{'metadata': {'labels': {'a': 'b'}}, 'spec': {'replicas': 1},"
                                        + " 'status': {'replicas': 2, 'selector': 'a=b'}}"));
        assertThat(part.field("/status/replicas")).isEqualTo("2");
        assertThat(part.field("/spec/replicas")).isEqualTo("9");
        assertThat(part.body().at("/metadata/labels").isMissingNode()).isTrue();
        assertThat(part.field("/metadata/generation")).isEqualTo("2");
        assertThat(
                        server.patch(
                                        TABS + "/a/status",
                                        MERGE,
                                        json("{'status': {'replicas': 'x'}}"))
                                .message())
                .contains("status.replicas: Invalid value: \"string\": replicas in body must be");
    }

    @Test
    void scales() {
        server.post(TABS, good("a"));
        server.patch(
                TABS + "/a/status", MERGE, json("{'status': {'replicas': 2, 'selector': 'a=b'}}"));
        Reply scale = server.get(TABS + "/a/scale");
        assertThat(scale.field("/spec/replicas")).isEqualTo("1");
        assertThat(scale.field("/status/replicas")).isEqualTo("2");
        assertThat(scale.field("/status/selector")).isEqualTo("a=b");
        Reply scaled = server.patch(TABS + "/a/scale", MERGE, json("{'spec': {'replicas': 7}}"));
        assertThat(scaled.field("/spec/replicas")).as(scaled.text()).isEqualTo("7");
        assertThat(server.get(TABS + "/a").field("/spec/replicas")).isEqualTo("7");
    }

    @Test
    void printsItsColumns() {
        server.post(TABS, good("a"));
        Reply table =
                server.send("GET", TABS, "", "", "application/json;as=Table;v=v1;g=meta.k8s.io");
        assertThat(table.body().at("/columnDefinitions").findValuesAsText("name"))
                .containsExactly("Name", "Spec", "Replicas", "Age");
        assertThat(table.body().at("/rows/0/cells").toString())
                .isEqualTo("[\"a\",\"* * * * 5\",1,\"0s\"]");
    }

    @Test
    void isSelectedByTheFieldsThatItNames() {
        server.post(TABS, good("a"));
        server.post(TABS, tab("b", "'cronSpec': '* * * * 5', 'image': 'other'"));
        Watching watch = server.watch(TABS + "?watch=1&fieldSelector=spec.image=other");
        assertThat(server.get(TABS + "?fieldSelector=spec.image=other").body().path("items"))
                .hasSize(1);
        assertThat(server.get(TABS + "?fieldSelector=spec.size=x").message())
                .isEqualTo("field label not supported: spec.size");
        server.patch(TABS + "/b", MERGE, json("{'spec': {'image': 'third'}}"));
        assertThat(watch.summary()).containsExactly("ADDED b", "DELETED b");
        assertThat(
                        server.send("DELETE", TABS + "?fieldSelector=spec.image=cron", JSON, "", "")
                                .code())
                .isEqualTo(200);
        assertThat(server.get(TABS).body().path("items").findValuesAsText("image"))
                .containsExactly("third");
    }

    @Test
    void isAppliedByTheServer() {
        String config =
                """
                apiVersion: stable.example.com/v1
                kind: CronTab
                metadata: {name: a}
                spec:
                  cronSpec: "* * * * 5"
                  ports: [{name: web, port: 1}]
                """;
        Reply one = server.patch(TABS + "/a?fieldManager=one", APPLY, config);
        assertThat(one.code()).as(one.text()).isEqualTo(201);
        Reply two =
                server.patch(
                        TABS + "/a?fieldManager=two",
                        APPLY,
                        config.replace("web, port: 1", "dns, port: 53"));
        assertThat(two.body().at("/spec/ports")).hasSize(2);
        Reply conflict =
                server.patch(
                        TABS + "/a?fieldManager=two", APPLY, config.replace("port: 1", "port: 2"));
        assertThat(conflict.code()).isEqualTo(409);
        assertThat(conflict.message())
                .contains("conflict with \"one\": .spec.ports[name=\"web\"].port");
        assertThat(
                        server.patch(
                                        TABS + "/b?fieldManager=one",
                                        APPLY,
                                        config.replace("name: a", "name: b") + "  foo: 1\n")
                                .message())
                .contains(".spec.foo: field not declared in schema");
    }

    @Test
    void goesWithItsDefinition() {
        server.post(TABS, good("a"));
        server.post(
                TABS, good("held").replace("\"name\":", "\"finalizers\": [\"x.y/z\"], \"name\":"));
        Reply deleting = server.delete(CRDS + "/crontabs.stable.example.com", "");
        assertThat(deleting.field("/metadata/finalizers/0"))
                .isEqualTo("customresourcecleanup.apiextensions.k8s.io");
        assertThat(server.get(TABS).body().path("items")).hasSize(1);
        assertThat(server.post(TABS, good("b")).message())
                .isEqualTo("create not allowed while custom resource definition is terminating");
        assertThat(conditions(server.get(CRDS + "/crontabs.stable.example.com")))
                .contains("Terminating True InstanceDeletionInProgress");
        server.patch(TABS + "/held", MERGE, json("{'metadata': {'finalizers': null}}"));
        server.clock.advance(Duration.ofSeconds(2));
        server.settle();
        assertThat(server.get(CRDS + "/crontabs.stable.example.com").code()).isEqualTo(404);
        assertThat(server.get(TABS).code()).isEqualTo(404);
        assertThat(server.get("/apis/stable.example.com").code()).isEqualTo(404);
    }

    @Test
    void showsWhatIsStoredAsTheNewestDefinitionWantsIt() {
        server.post(TABS, good("a"));
        String path = CRDS + "/crontabs.stable.example.com";
        Reply changed =
                server.patch(
                        path,
                        JSON_PATCH,
                        json(
                                "[{'op': 'add', 'path':"
                                        + " '/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/size/default',"
                                        + " 'value': 'big'}]"));
        assertThat(changed.code()).as(changed.text()).isEqualTo(200);
        assertThat(server.get(TABS + "/a").field("/spec/size")).isEqualTo("big");
        assertThat(server.get(TABS).field("/items/0/spec/size")).isEqualTo("big");
    }

    @Test
    void servesEveryVersion() {
        String v2 =
                json(V1).replace("\"v1\"", "\"v2\"")
                        .replace("\"storage\": true", "\"storage\": false")
                        .replace("\"enum\"", "\"default\": \"big\", \"enum\"");
        JsonNode old = server.get(CRDS + "/crontabs.stable.example.com").body();
        server.post(TABS, good("a"));
        Reply changed =
                server.patch(
                        CRDS + "/crontabs.stable.example.com",
                        JSON_PATCH,
                        json("[{'op': 'add', 'path': '/spec/versions/-', 'value': ") + v2 + "}]");
        assertThat(changed.code()).as(changed.text()).isEqualTo(200);
        assertThat(old.at("/spec/versions")).hasSize(1);
        String inV2 = TABS.replace("/v1/", "/v2/");
        Reply shown = server.get(inV2 + "/a");
        assertThat(shown.field("/apiVersion")).isEqualTo("stable.example.com/v2");
        assertThat(shown.field("/spec/size")).isEqualTo("big");
        assertThat(server.get(TABS + "/a").body().path("spec").has("size")).isFalse();
        assertThat(server.get("/apis/stable.example.com").field("/preferredVersion/version"))
                .isEqualTo("v2");
        assertThat(server.post(inV2, good("b").replace("/v1", "/v2")).code()).isEqualTo(201);
        assertThat(server.get(TABS + "/b").field("/apiVersion")).isEqualTo("stable.example.com/v1");
    }

    @Test
    void givesNamesToWhoCameFirst() {
        String other =
                definition(V1)
                        .replace("crontabs", "croutons")
                        .replace("\"CronTab\"", "\"Crouton\"");
        assertThat(server.post(CRDS, other).code()).isEqualTo(201);
        assertThat(conditions(server.get(CRDS + "/croutons.stable.example.com")))
                .containsExactly(
                        "NamesAccepted False ShortNamesConflict", "Established False NotAccepted");
        assertThat(server.get("/apis/stable.example.com/v1/croutons").code()).isEqualTo(404);
        server.delete(CRDS + "/crontabs.stable.example.com", "");
        assertThat(server.get("/apis/stable.example.com/v1/croutons").code()).isEqualTo(200);
    }

    @Test
    void isServedByEveryReplicaAndAfterEveryStart() {
        TestServer other = server.replica();
        assertThat(other.post(TABS, good("a")).code()).isEqualTo(201);
        assertThat(server.get(TABS + "/a").field("/spec/replicas")).isEqualTo("1");
        String second =
                definition(V1)
                        .replace("crontabs", "croutons")
                        .replace("\"CronTab\"", "\"Crouton\"")
                        .replace("[\"ct\"]", "[]");
        assertThat(other.post(CRDS, second).code()).isEqualTo(201);
        String croutons = TABS.replace("crontabs", "croutons");
        for (TestServer one : List.of(server, other, server.replica())) {
            assertThat(one.get(croutons).code()).isEqualTo(200);
            assertThat(one.get("/apis/stable.example.com/v1").text()).contains("croutons/scale");
        }
        other.delete(CRDS + "/croutons.stable.example.com", "");
        assertThat(server.get(croutons).code()).isEqualTo(404);
    }

    @Test
    void isPublishedInOpenApi() {
        Reply index = server.get("/openapi/v3");
        String url =
                index.body()
                        .path("paths")
                        .path("apis/stable.example.com/v1")
                        .path("serverRelativeURL")
                        .asText();
        Reply group = server.get(url);
        JsonNode schema =
                group.body()
                        .path("components")
                        .path("schemas")
                        .path("com.example.stable.v1.CronTab");
        assertThat(schema.at("/properties/spec/properties/cronSpec/type").asText())
                .isEqualTo("string");
        assertThat(schema.at("/properties/metadata/allOf/0/$ref").asText())
                .isEqualTo("#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta");
        assertThat(group.body().path("paths").fieldNames())
                .toIterable()
                .contains(
                        "/apis/stable.example.com/v1/namespaces/{namespace}/crontabs/{name}/scale");
        String before = String.valueOf(server.get("/openapi/v2").response().headers().get("ETag"));
        JsonNode v2 = server.get("/openapi/v2").body().path("definitions");
        assertThat(v2.has("com.example.stable.v1.CronTabList")).isTrue();
        JsonNode spec = v2.path("com.example.stable.v1.CronTab").at("/properties/spec/properties");
        assertThat(spec.path("ports")).isEqualTo(schema.at("/properties/spec/properties/ports"));
        assertThat(spec.path("free").has("type")).isFalse();
        server.delete(CRDS + "/crontabs.stable.example.com", "");
        Reply after = server.get("/openapi/v2");
        assertThat(after.body().path("definitions").has("com.example.stable.v1.CronTab")).isFalse();
        assertThat(String.valueOf(after.response().headers().get("ETag"))).isNotEqualTo(before);
    }

    @Test
    void hasAnApiServiceForEveryVersion() {
        server.clock.advance(Duration.ofSeconds(4));
        server.settle();
        String services = "/apis/apiregistration.k8s.io/v1/apiservices";
        Reply own = server.get(services + "/v1.stable.example.com");
        assertThat(own.field("/status/conditions/0/reason")).as(own.text()).isEqualTo("Local");
        assertThat(server.get(services + "/v1.apps").field("/spec/groupPriorityMinimum"))
                .isEqualTo("17800");
        assertThat(server.get(services + "/v1.").code()).isEqualTo(200);
        server.delete(CRDS + "/crontabs.stable.example.com", "");
        assertThat(server.get(services + "/v1.stable.example.com").code()).isEqualTo(404);
        server.delete(services + "/v1.apps", "");
        assertThat(server.get(services + "/v1.apps").code()).isEqualTo(200);
    }

    @Test
    void isHeldToRules() {
        String ruled =
                definition(V1)
                        .replace("crontabs", "ruled")
                        .replace("CronTab", "Ruled")
                        .replace("[\"ct\"]", "[]")
                        .replace(
                                "\"required\": [\"cronSpec\"],",
                                json(
                                        "'x-kubernetes-validations': ["
                                                + "{'rule': 'self.replicas <= 5', 'message': 'too"
                                                + " many', 'fieldPath': '.replicas'},"
                                                + "{'rule': 'self.image == oldSelf.image',"
                                                + " 'messageExpression': '\\\"no \\\" +"
                                                + " self.image'}],"));
        Reply made = server.post(CRDS, ruled);
        assertThat(made.code()).as(made.text()).isEqualTo(201);
        String path = TABS.replace("crontabs", "ruled");
        String object = good("a").replace("CronTab", "Ruled");
        Reply refused =
                server.post(path, object.replace("\"image\"", "\"replicas\": 6, \"image\""));
        assertThat(refused.message())
                .isEqualTo(
                        "Ruled.stable.example.com \"a\" is invalid: spec.replicas: Invalid value:"
                                + " too many");
        assertThat(server.post(path, object).code()).isEqualTo(201);
        assertThat(server.patch(path + "/a", MERGE, json("{'spec': {'image': 'other'}}")).message())
                .contains("spec: Invalid value: no other");
        assertThat(server.post(CRDS, ruled.replace("self.replicas <= 5", "self.nope")).message())
                .contains(".x-kubernetes-validations[0].rule: Invalid value", "compilation failed");
    }
}
