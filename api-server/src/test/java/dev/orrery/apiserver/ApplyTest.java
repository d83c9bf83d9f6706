package dev.orrery.apiserver;

import static dev.orrery.apiserver.ManagedFieldsTest.fields;
import static dev.orrery.apiserver.ManagedFieldsTest.owners;
import static dev.orrery.apiserver.TestServer.MERGE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.TestServer.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Server-side apply.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/server-side-apply/">Server-Side
 *     Apply</a>
 */
class ApplyTest {

    private static final String APPLY = "application/apply-patch+yaml";
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String SERVICES = "/api/v1/namespaces/default/services";
    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";
    private static final String HEAD =
            "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}";
    private static final String WEB =
            HEAD
                    + """
                    , spec: {replicas: 2, selector: {matchLabels: {app: web}},
                     template: {metadata: {labels: {app: web}},
                      spec: {containers: [{name: nginx, image: nginx}]}}}}
                    """;

    private final TestServer server = new TestServer();

    @Test
    void makesWhatIsNotThere() {
        Reply made = apply(DEPLOYMENTS + "/web?fieldManager=a", WEB);
        assertThat(made.code()).isEqualTo(201);
        assertThat(made.field("/spec/template/spec/restartPolicy")).isEqualTo("Always");
        assertThat(owners(made)).containsExactly("a Apply apps/v1 00:00:00Z");
        assertThat(fields(made, 0))
                .isEqualTo(
                        "{'f:spec':{'f:replicas':{},'f:selector':{},'f:template':{'f:metadata':{"
                                + "'f:labels':{'f:app':{}}},'f:spec':{'f:containers':{"
                                + "'k:{\"name\":\"nginx\"}':{'.':{},'f:image':{},'f:name':{}}}}}}}");
    }

    @Test
    void theSameAgainWritesNothing() {
        Reply made = apply(DEPLOYMENTS + "/web?fieldManager=a", WEB);
        server.clock.advance(Duration.ofSeconds(5));
        Reply again = apply(DEPLOYMENTS + "/web?fieldManager=a", WEB);
        assertThat(again.code()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(made.body());
    }

    @Test
    void whatIsAppliedNoMoreGoes() {
        apply(MAPS + "/m?fieldManager=a", map("data: {k: '1', l: '2'}"));
        Reply less = apply(MAPS + "/m?fieldManager=a", map("data: {k: '1'}"));
        assertThat(less.body().path("data").toString()).isEqualTo("{\"k\":\"1\"}");
        Reply none = apply(MAPS + "/m?fieldManager=a", map("immutable: false"));
        assertThat(none.body().has("data")).isFalse();
    }

    @Test
    void whatOthersOwnStays() {
        apply(MAPS + "/m?fieldManager=a", map("data: {k: '1', l: '2'}"));
        merge(MAPS + "/m?fieldManager=b", "{\"data\":{\"x\":\"3\"}}");
        apply(MAPS + "/m?fieldManager=c", map("data: {l: '2'}"));
        Reply less = apply(MAPS + "/m?fieldManager=a", map("data: {k: '1'}"));
        assertThat(less.body().path("data").toString())
                .isEqualTo("{\"k\":\"1\",\"l\":\"2\",\"x\":\"3\"}");
        assertThat(owners(less)).hasSize(3);
        assertThat(fields(less, 1)).isEqualTo("{'f:data':{'f:k':{}}}");
    }

    @Test
    void theSameValueIsOwnedTogether() {
        apply(MAPS + "/m?fieldManager=a", map("data: {k: '1'}"));
        Reply both = apply(MAPS + "/m?fieldManager=b", map("data: {k: '1'}"));
        assertThat(both.code()).isEqualTo(200);
        Reply left = apply(MAPS + "/m?fieldManager=b", map("data: {}"));
        assertThat(left.field("/data/k")).isEqualTo("1");
    }

    @Test
    void anotherValueIsAConflict() {
        apply(DEPLOYMENTS + "/web?fieldManager=a", WEB);
        Reply one = apply(DEPLOYMENTS + "/web?fieldManager=b", HEAD + ", spec: {replicas: 3}}");
        assertThat(one.code()).isEqualTo(409);
        assertThat(one.reason()).isEqualTo("Conflict");
        assertThat(one.message())
                .isEqualTo("Apply failed with 1 conflict: conflict with \"a\": .spec.replicas");
        assertThat(one.body().path("details").toString())
                .isEqualTo(
                        "{\"causes\":[{\"reason\":\"FieldManagerConflict\",\"message\":\"conflict"
                                + " with \\\"a\\\"\",\"field\":\".spec.replicas\"}]}");
    }

    @Test
    void conflictsAreGroupedByOwner() {
        apply(DEPLOYMENTS + "/web?fieldManager=a", WEB);
        merge(DEPLOYMENTS + "/web/scale?fieldManager=b", "{\"spec\":{\"replicas\":3}}");
        merge(DEPLOYMENTS + "/web?fieldManager=c", "{\"spec\":{\"paused\":true}}");
        Reply refused =
                apply(
                        DEPLOYMENTS + "/web?fieldManager=d",
                        WEB.replace("image: nginx", "image: httpd")
                                .replace("replicas: 2", "replicas: 1, paused: false"));
        assertThat(refused.message())
                .isEqualTo(
                        """
                        Apply failed with 3 conflicts: conflicts with "a":
                        - .spec.template.spec.containers[name="nginx"].image
                        conflicts with "b" with subresource "scale" using apps/v1:
                        - .spec.replicas
                        conflicts with "c" using apps/v1:
                        - .spec.paused\
                        """);
    }

    @Test
    void forceTakesWhatIsInConflict() {
        apply(MAPS + "/m?fieldManager=a", map("data: {k: '1', l: '1'}"));
        Reply forced = apply(MAPS + "/m?fieldManager=b&force=true", map("data: {k: '2'}"));
        assertThat(forced.field("/data/k")).isEqualTo("2");
        assertThat(owners(forced)).hasSize(2);
        assertThat(fields(forced, 0)).isEqualTo("{'f:data':{'f:l':{}}}");
        assertThat(fields(forced, 1)).isEqualTo("{'f:data':{'f:k':{}}}");
    }

    @Test
    void listsWithKeysAreMergedByThem() {
        String service =
                "{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {ports: [%s]}}";
        apply(SERVICES + "/s?fieldManager=a", service.formatted("{name: a, port: 80}"));
        Reply both =
                apply(SERVICES + "/s?fieldManager=b", service.formatted("{name: b, port: 90}"));
        assertThat(texts(both, "/spec/ports", "name")).containsExactly("a", "b");
        Reply left = apply(SERVICES + "/s?fieldManager=a", service.formatted(""));
        assertThat(texts(left, "/spec/ports", "name")).containsExactly("b");
    }

    @Test
    void whatIsWholeIsReplacedAsAWhole() {
        apply(
                DEPLOYMENTS + "/web?fieldManager=a",
                WEB.replace("image: nginx", "image: nginx, args: [a, b]"));
        Reply changed =
                apply(
                        DEPLOYMENTS + "/web?fieldManager=a",
                        WEB.replace("image: nginx", "image: nginx, args: [c]"));
        assertThat(changed.body().at("/spec/template/spec/containers/0/args").toString())
                .isEqualTo("[\"c\"]");
        assertThat(fields(changed, 0)).contains("'f:args':{}");
    }

    @Test
    void theStatusIsAppliedThroughItsOwnPath() {
        apply(DEPLOYMENTS + "/web?fieldManager=a", WEB);
        Reply ignored =
                apply(
                        DEPLOYMENTS + "/web?fieldManager=a",
                        WEB.replace("spec: {rep", "status: {replicas: 7}, spec: {rep"));
        assertThat(ignored.field("/status/replicas")).isEmpty();
        Reply status =
                apply(
                        DEPLOYMENTS + "/web/status?fieldManager=a",
                        HEAD + ", spec: {replicas: 9}, status: {replicas: 2}}");
        assertThat(status.field("/status/replicas")).isEqualTo("2");
        assertThat(status.field("/spec/replicas")).isEqualTo("2");
        assertThat(owners(status))
                .containsExactly("a Apply apps/v1 00:00:00Z", "a Apply apps/v1 00:00:00Z status");
        assertThat(fields(status, 1)).isEqualTo("{'f:status':{'f:replicas':{}}}");
    }

    @Test
    void theScaleIsAppliedThroughItsOwnPath() {
        apply(DEPLOYMENTS + "/web?fieldManager=a", WEB);
        String scale =
                "{apiVersion: autoscaling/v1, kind: Scale, metadata: {name: web}, spec: {replicas: 5}}";
        Reply refused = apply(DEPLOYMENTS + "/web/scale?fieldManager=b", scale);
        assertThat(refused.message()).contains("conflict with \"a\": .spec.replicas");
        Reply forced = apply(DEPLOYMENTS + "/web/scale?fieldManager=b&force=true", scale);
        assertThat(forced.field("/kind")).isEqualTo("Scale");
        Reply web = server.get(DEPLOYMENTS + "/web");
        assertThat(web.field("/spec/replicas")).isEqualTo("5");
        assertThat(owners(web)).contains("b Apply apps/v1 00:00:00Z scale");
    }

    @Test
    void whatWasThereBeforeIsOwnedBySomebodyThen() {
        server.post(MAPS, "{\"metadata\":{\"name\":\"m\"},\"data\":{\"k\":\"1\"}}");
        merge(MAPS + "/m", "{\"metadata\":{\"managedFields\":[{}]}}");
        Reply refused = apply(MAPS + "/m?fieldManager=a", map("data: {k: '2'}"));
        assertThat(refused.message())
                .isEqualTo(
                        "Apply failed with 1 conflict: conflict with \"before-first-apply\" using"
                                + " v1: .data.k");
    }

    @Test
    void kubectlTakesOverWhatItAppliedOnItsOwnSide() {
        String last =
                "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"m\"},"
                        + "\"data\":{\"k\":\"1\",\"l\":\"1\"}}";
        server.post(
                MAPS + "?fieldManager=kubectl-client-side-apply",
                "{\"metadata\":{\"name\":\"m\",\"annotations\":{"
                        + "\"kubectl.kubernetes.io/last-applied-configuration\":\""
                        + last.replace("\"", "\\\"")
                        + "\"}},\"data\":{\"k\":\"1\",\"l\":\"other\"}}");
        Reply refused = apply(MAPS + "/m?fieldManager=kubectl", map("data: {k: '2', l: '2'}"));
        assertThat(refused.message())
                .isEqualTo(
                        "Apply failed with 1 conflict: conflict with"
                                + " \"kubectl-client-side-apply\" using v1: .data.l");
        Reply taken = apply(MAPS + "/m?fieldManager=kubectl", map("data: {k: '2'}"));
        assertThat(taken.field("/data/k")).isEqualTo("2");
        assertThat(
                        taken.body()
                                .at("/metadata/annotations")
                                .path("kubectl.kubernetes.io/last-applied-configuration")
                                .asText())
                .isEqualTo(
                        "{\"apiVersion\":\"v1\",\"data\":{\"k\":\"2\"},\"kind\":\"ConfigMap\","
                                + "\"metadata\":{\"name\":\"m\"}}\n");
    }

    @Test
    void aDryRunChangesNothing() {
        Reply dry = apply(MAPS + "/m?fieldManager=a&dryRun=All", map("data: {k: '1'}"));
        assertThat(dry.code()).isEqualTo(201);
        assertThat(server.get(MAPS + "/m").code()).isEqualTo(404);
    }

    @Test
    void holdsToUidAndVersion() {
        Reply made = apply(MAPS + "/m?fieldManager=a", map("data: {k: '1'}"));
        String stale =
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: m, resourceVersion: '1'}}";
        assertThat(apply(MAPS + "/m?fieldManager=a", stale).code()).isEqualTo(409);
        String right = stale.replace("'1'", "'" + made.version() + "'");
        assertThat(apply(MAPS + "/m?fieldManager=a", right).code()).isEqualTo(200);
        String other = "{apiVersion: v1, kind: ConfigMap, metadata: {name: %s, uid: u}}";
        assertThat(apply(MAPS + "/m?fieldManager=a", other.formatted("m")).code()).isEqualTo(409);
        assertThat(apply(MAPS + "/n?fieldManager=a", other.formatted("n")).message())
                .isEqualTo(
                        "Operation cannot be fulfilled on configmaps \"n\": uid mismatch: the"
                                + " provided object specified uid u, and no existing object was"
                                + " found");
    }

    @Test
    void refusesWithKubernetesWords() {
        record Row(String path, String body, int code, String message) {}
        String manager = "?fieldManager=a";
        List<Row> rows =
                List.of(
                        new Row(
                                MAPS + "/m",
                                map("data: {}"),
                                422,
                                "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required"
                                        + " value: is required for apply patch"),
                        new Row(
                                MAPS + "/m" + manager,
                                "{kind: Secret, apiVersion: v1}",
                                400,
                                "invalid object type: /v1, Kind=Secret"),
                        new Row(MAPS + "/m" + manager, "{}", 400, "invalid object type: /, Kind="),
                        new Row(
                                MAPS + "/m" + manager,
                                "{kind: ConfigMap, apiVersion: v1, metadata: {managedFields: []}}",
                                400,
                                "metadata.managedFields must be nil"),
                        new Row(
                                MAPS + "/m" + manager,
                                map("data: {k: 1}"),
                                500,
                                "failed to create typed patch object (/m; /v1, Kind=ConfigMap):"
                                        + " .data.k: expected string, got"
                                        + " &value.valueUnstructured{Value:1}"),
                        new Row(
                                DEPLOYMENTS + "/web" + manager,
                                HEAD + ", spec: {gadgets: 1}}",
                                500,
                                "failed to create typed patch object (/web; apps/v1,"
                                        + " Kind=Deployment): .spec.gadgets: field not declared in"
                                        + " schema"),
                        new Row(
                                DEPLOYMENTS + "/web" + manager,
                                HEAD + ", spec: {replicas: many}}",
                                500,
                                "failed to create typed patch object (/web; apps/v1,"
                                        + " Kind=Deployment): .spec.replicas: expected numeric (int"
                                        + " or float), got string"),
                        new Row(
                                MAPS + "/n" + manager,
                                map("data: {}"),
                                400,
                                "the name of the object (m) does not match the name on the URL"
                                        + " (n)"),
                        new Row(
                                DEPLOYMENTS + "/web/status" + manager,
                                HEAD + "}",
                                404,
                                "deployments.apps \"web\" not found"));
        for (Row row : rows) {
            Reply reply = apply(row.path, row.body);
            assertThat(reply.code()).as(row.message).isEqualTo(row.code);
            assertThat(reply.message()).isEqualTo(row.message);
        }
    }

    @Test
    void forceIsForApplyAlone() {
        assertThat(merge(MAPS + "/m?force=true", "{}").message())
                .isEqualTo(
                        "PatchOptions.meta.k8s.io \"\" is invalid: force: Forbidden: may not be"
                                + " specified for non-apply patch");
    }

    @Test
    void doesNotTakeCbor() {
        Reply reply =
                server.patch(MAPS + "/m?fieldManager=a", "application/apply-patch+cbor", "{}");
        assertThat(reply.code()).isEqualTo(415);
    }

    private Reply apply(String path, String config) {
        return server.patch(path, APPLY, config);
    }

    private Reply merge(String path, String patch) {
        return server.patch(path, MERGE, patch);
    }

    private static List<String> texts(Reply reply, String list, String field) {
        List<String> texts = new ArrayList<>();
        for (JsonNode item : reply.body().at(list)) {
            texts.add(item.path(field).asText());
        }
        return texts;
    }

    private static String map(String content) {
        return "{apiVersion: v1, kind: ConfigMap, metadata: {name: m}, " + content + "}";
    }
}
