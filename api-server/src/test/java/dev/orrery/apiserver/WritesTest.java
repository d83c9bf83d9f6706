package dev.orrery.apiserver;

import static dev.orrery.apiserver.TestServer.JSON;
import static dev.orrery.apiserver.TestServer.JSON_PATCH;
import static dev.orrery.apiserver.TestServer.MERGE;
import static dev.orrery.apiserver.TestServer.STRATEGIC;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.TestServer.Reply;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Creates, updates and patches.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/api-concepts/">API concepts</a>
 */
class WritesTest {

    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";
    private static final String PODS = "/api/v1/namespaces/default/pods";
    private static final String POD =
            """
            {"metadata":{"name":"a"},"spec":{"containers":[{"name":"c","image":"nginx"}]}}
            """;
    private static final String WEB =
            """
            {"metadata":{"name":"web"},"spec":{"selector":{"matchLabels":{"app":"web"}},
             "template":{"metadata":{"labels":{"app":"web"}},
              "spec":{"containers":[{"name":"nginx","image":"nginx"}]}}}}
            """;

    private final TestServer server = new TestServer();

    @Test
    void fillsInWhatTheSystemKnows() {
        Reply reply = server.post(MAPS, "{\"metadata\":{\"name\":\"a\"},\"data\":{\"k\":\"v\"}}");
        assertThat(reply.code()).isEqualTo(201);
        assertThat(reply.field("/kind")).isEqualTo("ConfigMap");
        assertThat(reply.field("/apiVersion")).isEqualTo("v1");
        assertThat(reply.field("/metadata/namespace")).isEqualTo("default");
        assertThat(reply.field("/metadata/uid")).matches("[0-9a-f-]{36}");
        assertThat(reply.field("/metadata/creationTimestamp")).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(reply.version()).matches("[1-9][0-9]*");
        assertThat(server.get(MAPS + "/a").body()).isEqualTo(reply.body());
    }

    @Test
    void refusesWithKubernetesWords() {
        server.post(MAPS, map("taken"));
        record Row(
                String name,
                String method,
                String path,
                String type,
                String body,
                int code,
                String reason,
                String message) {}
        List<Row> rows =
                List.of(
                        new Row(
                                "missing object",
                                "GET",
                                MAPS + "/no",
                                "",
                                "",
                                404,
                                "NotFound",
                                "configmaps \"no\" not found"),
                        new Row(
                                "missing object of a group",
                                "DELETE",
                                DEPLOYMENTS + "/no",
                                "",
                                "",
                                404,
                                "NotFound",
                                "deployments.apps \"no\" not found"),
                        new Row(
                                "unknown kind",
                                "GET",
                                "/api/v1/gadgets",
                                "",
                                "",
                                404,
                                "NotFound",
                                "the server could not find the requested resource"),
                        new Row(
                                "name taken",
                                "POST",
                                MAPS,
                                JSON,
                                map("taken"),
                                409,
                                "AlreadyExists",
                                "configmaps \"taken\" already exists"),
                        new Row(
                                "missing namespace",
                                "POST",
                                "/api/v1/namespaces/no/configmaps",
                                JSON,
                                map("a"),
                                404,
                                "NotFound",
                                "namespaces \"no\" not found"),
                        new Row(
                                "namespace of another",
                                "POST",
                                MAPS,
                                JSON,
                                "{\"metadata\":{\"name\":\"a\",\"namespace\":\"other\"}}",
                                400,
                                "BadRequest",
                                "the namespace of the provided object does not match the namespace"
                                        + " sent on the request"),
                        new Row(
                                "name of another",
                                "PUT",
                                MAPS + "/taken",
                                JSON,
                                map("other"),
                                400,
                                "BadRequest",
                                "the name of the object (other) does not match the name on the URL"
                                        + " (taken)"),
                        new Row(
                                "stale version",
                                "PUT",
                                MAPS + "/taken",
                                JSON,
                                "{\"metadata\":{\"name\":\"taken\",\"resourceVersion\":\"1\"}}",
                                409,
                                "Conflict",
                                "Operation cannot be fulfilled on configmaps \"taken\": the object"
                                        + " has been modified; please apply your changes to the"
                                        + " latest version and try again"),
                        new Row(
                                "no name",
                                "POST",
                                MAPS,
                                JSON,
                                "{}",
                                422,
                                "Invalid",
                                "ConfigMap \"\" is invalid: metadata.name: Required value: name or"
                                        + " generateName is required"),
                        new Row(
                                "unknown content",
                                "POST",
                                MAPS,
                                "text/plain",
                                "x",
                                415,
                                "UnsupportedMediaType",
                                "the body of the request was in an unknown format - accepted media"
                                        + " types include: application/json, application/yaml,"
                                        + " application/vnd.kubernetes.protobuf"),
                        new Row(
                                "verb that is not served",
                                "PUT",
                                MAPS,
                                JSON,
                                map("a"),
                                405,
                                "MethodNotAllowed",
                                "the server does not allow this method on the requested resource"),
                        new Row(
                                "other kind",
                                "POST",
                                MAPS,
                                JSON,
                                "{\"kind\":\"Secret\",\"apiVersion\":\"v1\"}",
                                400,
                                "BadRequest",
                                "Secret in version \"v1\" cannot be handled as a ConfigMap: unknown"
                                        + " conversion"),
                        new Row(
                                "other version",
                                "POST",
                                MAPS,
                                JSON,
                                "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v2\"}",
                                400,
                                "BadRequest",
                                "the API version in the data (v2) does not match the expected API"
                                        + " version (v1)"));
        for (Row row : rows) {
            Reply reply = server.send(row.method, row.path, row.type, row.body, "");
            assertThat(reply.code()).as(row.name).isEqualTo(row.code);
            assertThat(reply.field("/kind")).as(row.name).isEqualTo("Status");
            assertThat(reply.reason()).as(row.name).isEqualTo(row.reason);
            assertThat(reply.message()).as(row.name).isEqualTo(row.message);
        }
    }

    @Test
    void warnsOfUnknownFieldsOrRefusesOrIgnoresThem() {
        String odd = "{\"metadata\":{\"name\":\"%s\"},\"dato\":{},\"data\":{\"a\":\"1\"}}";
        Reply warned = server.post(MAPS, odd.formatted("a"));
        assertThat(warned.code()).isEqualTo(201);
        assertThat(warned.response().warnings()).containsExactly("unknown field \"dato\"");
        assertThat(warned.body().has("dato")).isFalse();
        Reply ignored = server.post(MAPS + "?fieldValidation=Ignore", odd.formatted("b"));
        assertThat(ignored.response().warnings()).isEmpty();
        Reply refused = server.post(MAPS + "?fieldValidation=Strict", odd.formatted("c"));
        assertThat(refused.code()).isEqualTo(400);
        assertThat(refused.message()).contains("strict decoding error: unknown field \"dato\"");
    }

    @Test
    void generatesNamesThatDiffer() {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            Reply reply = server.post(MAPS, "{\"metadata\":{\"generateName\":\"a-\"}}");
            assertThat(reply.field("/metadata/name")).matches("a-[bcdfghjklmnpqrstvwxz2456789]{5}");
            names.add(reply.field("/metadata/name"));
        }
        assertThat(names).hasSize(50);
    }

    @Test
    void countsGenerationOnlyWhereWhatIsWantedChanges() {
        server.post(DEPLOYMENTS, WEB);
        String web = DEPLOYMENTS + "/web";
        assertThat(generation(server.get(web))).isEqualTo(1);
        assertThat(generation(label(web))).isEqualTo(1);
        assertThat(generation(server.patch(web, MERGE, "{\"spec\":{\"replicas\":2}}")))
                .isEqualTo(2);
        assertThat(generation(server.patch(web, MERGE, "{\"spec\":{\"replicas\":2}}")))
                .isEqualTo(2);
        String status = "{\"status\":{\"observedGeneration\":2}}";
        assertThat(generation(server.patch(web + "/status", MERGE, status))).isEqualTo(2);
    }

    private Reply label(String path) {
        return server.patch(path, MERGE, "{\"metadata\":{\"labels\":{\"x\":\"y\"}}}");
    }

    private static int generation(Reply reply) {
        assertThat(reply.code()).isEqualTo(200);
        return reply.body().at("/metadata/generation").asInt();
    }

    @Test
    void writesNothingWhereNothingChanges() {
        Reply created = server.post(MAPS, map("a"));
        Reply again = server.put(MAPS + "/a", created.body());
        Reply patched = server.patch(MAPS + "/a", MERGE, "{\"data\":{\"k\":\"v\"}}");
        assertThat(again.version()).isEqualTo(created.version());
        assertThat(patched.version()).isEqualTo(created.version());
    }

    @Test
    void keepsStatusApartFromTheRest() {
        server.post(DEPLOYMENTS, WEB);
        String web = DEPLOYMENTS + "/web";
        ObjectNode object = (ObjectNode) server.get(web).body();
        object.withObjectProperty("status").put("replicas", 7);
        object.withObjectProperty("spec").put("replicas", 3);
        Reply whole = server.put(web, object);
        assertThat(whole.body().at("/status/replicas").asInt()).isZero();
        assertThat(whole.body().at("/spec/replicas").asInt()).isEqualTo(3);
        ObjectNode newer = (ObjectNode) whole.body();
        newer.withObjectProperty("status").put("replicas", 7);
        newer.withObjectProperty("spec").put("replicas", 4);
        Reply status = server.put(web + "/status", newer);
        assertThat(status.body().at("/status/replicas").asInt()).isEqualTo(7);
        assertThat(status.body().at("/spec/replicas").asInt()).isEqualTo(3);
    }

    @Test
    void letsLabelsOfDeploymentsAndOwnersOfPodsNotThroughWithTheStatus() {
        server.post(DEPLOYMENTS, WEB);
        String patch = "{'metadata':{'labels':{'l':'v'},'annotations':{'a':'v'}}}";
        Reply web = server.patch(DEPLOYMENTS + "/web/status", MERGE, patch.replace('\'', '"'));
        assertThat(web.body().at("/metadata/labels/l").isMissingNode()).isTrue();
        assertThat(web.field("/metadata/annotations/a")).isEqualTo("v");

        server.post(PODS, POD);
        String owned =
                "{'metadata':{'labels':{'l':'v'},'ownerReferences':[{'apiVersion':'v1',"
                        + "'kind':'Node','name':'n','uid':'u'}]}}";
        Reply pod = server.patch(PODS + "/a/status", MERGE, owned.replace('\'', '"'));
        assertThat(pod.field("/metadata/labels/l")).isEqualTo("v");
        assertThat(pod.body().at("/metadata/ownerReferences").isMissingNode()).isTrue();
    }

    @Test
    void patchesInThreeWays() {
        server.post(DEPLOYMENTS, WEB);
        String web = DEPLOYMENTS + "/web";
        String container = "/spec/template/spec/containers/0/";
        Reply strategic =
                server.patch(
                        web,
                        STRATEGIC,
                        "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"nginx\",\"image\":\"nginx:2\"}]}}}}");
        assertThat(strategic.field(container + "image")).isEqualTo("nginx:2");
        assertThat(strategic.field(container + "terminationMessagePolicy")).isEqualTo("File");
        Reply json =
                server.patch(
                        web,
                        JSON_PATCH,
                        "[{\"op\":\"replace\",\"path\":\""
                                + container
                                + "image\",\"value\":\"x\"}]");
        assertThat(json.field(container + "image")).isEqualTo("x");
        Reply merge = server.patch(web, MERGE, "{\"spec\":{\"paused\":true}}");
        assertThat(merge.body().at("/spec/paused").asBoolean()).isTrue();
        Reply bad = server.patch(web, JSON_PATCH, "[{\"op\":\"remove\",\"path\":\"/spec/no\"}]");
        assertThat(bad.code()).isEqualTo(422);
    }

    @Test
    void findsAPatchInvalidThatLeavesNoObjectOfTheKind() {
        server.post(DEPLOYMENTS, WEB);
        Reply bad = server.patch(DEPLOYMENTS + "/web", MERGE, "{\"spec\":{\"replicas\":\"x\"}}");
        assertThat(bad.code()).isEqualTo(422);
        assertThat(bad.field("/reason")).isEqualTo("Invalid");
        assertThat(bad.field("/details/causes/0/field")).isEqualTo("patch");
        assertThat(bad.field("/message")).contains("patch: Invalid value:", "json: cannot");
    }

    @Test
    void createsNothingInADryRun() {
        Reply reply = server.post(MAPS + "?dryRun=All", map("a"));
        assertThat(reply.code()).isEqualTo(201);
        assertThat(reply.field("/metadata/name")).isEqualTo("a");
        assertThat(server.get(MAPS + "/a").code()).isEqualTo(404);
        assertThat(server.post(MAPS + "?dryRun=Some", map("a")).code()).isEqualTo(422);
    }

    @Test
    void makesALeaseByPutAndNothingElse() {
        String leases = "/apis/coordination.k8s.io/v1/namespaces/default/leases/";
        Reply reply = server.put(leases + "x", "{\"metadata\":{\"name\":\"x\"}}");
        assertThat(reply.code()).isEqualTo(201);
        assertThat(server.put(MAPS + "/x", map("x")).code()).isEqualTo(404);
        Reply unconditional = server.put(leases + "x", "{\"metadata\":{\"name\":\"x\"}}");
        assertThat(unconditional.message())
                .contains("metadata.resourceVersion: Invalid value: 0: must be specified");
    }

    @Test
    void showsOneEventInTwoVersions() {
        server.post(
                "/apis/events.k8s.io/v1/namespaces/default/events",
                """
                {"metadata":{"name":"e"},"note":"hello","reason":"R","type":"Normal",
                 "reportingController":"c","reportingInstance":"i","action":"a",
                 "eventTime":"2026-01-01T00:00:00.000000Z",
                 "regarding":{"kind":"Pod","namespace":"default","name":"p"}}
                """);
        Reply core = server.get("/api/v1/namespaces/default/events/e");
        assertThat(core.field("/message")).isEqualTo("hello");
        assertThat(core.field("/involvedObject/name")).isEqualTo("p");
        Reply grouped = server.get("/apis/events.k8s.io/v1/namespaces/default/events/e");
        assertThat(grouped.field("/note")).isEqualTo("hello");
        assertThat(grouped.field("/apiVersion")).isEqualTo("events.k8s.io/v1");
        Reply selected = server.get("/api/v1/events?fieldSelector=involvedObject.name=p,reason=R");
        assertThat(selected.body().path("items")).hasSize(1);
    }

    @Test
    void showsOneAutoscalerInTwoVersions() {
        String v1 = "/apis/autoscaling/v1/namespaces/default/horizontalpodautoscalers";
        server.post(
                v1,
                """
                {"metadata":{"name":"h"},"spec":{"maxReplicas":3,
                 "targetCPUUtilizationPercentage":50,
                 "scaleTargetRef":{"kind":"Deployment","name":"web","apiVersion":"apps/v1"}}}
                """);
        Reply v2 = server.get("/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers/h");
        assertThat(v2.body().at("/spec/metrics/0/resource/target/averageUtilization").asInt())
                .isEqualTo(50);
        assertThat(server.get(v1 + "/h").body().at("/spec/targetCPUUtilizationPercentage").asInt())
                .isEqualTo(50);
    }

    private static String map(String name) {
        return "{\"metadata\":{\"name\":\"" + name + "\"},\"data\":{\"k\":\"v\"}}";
    }
}
