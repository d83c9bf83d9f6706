package dev.orrery.apiserver;

import static dev.orrery.apiserver.TestServer.JSON_PATCH;
import static dev.orrery.apiserver.TestServer.MERGE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.TestServer.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Who owns which fields after creates, updates and patches.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management">Field
 *     management</a>
 */
class ManagedFieldsTest {

    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String PODS = "/api/v1/namespaces/default/pods";
    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";
    private static final String WEB =
            """
            {"metadata":{"name":"web","labels":{"app":"web"}},
             "spec":{"selector":{"matchLabels":{"app":"web"}},
             "template":{"metadata":{"labels":{"app":"web"}},
              "spec":{"containers":[{"name":"nginx","image":"nginx",
               "ports":[{"containerPort":80}]}]}}}}
            """;

    private final TestServer server = new TestServer();

    @Test
    void whoCreatesOwnsWhatIsThereWithDefaults() {
        Reply made = server.post(DEPLOYMENTS + "?fieldManager=kubectl-create", WEB);
        assertThat(owners(made)).containsExactly("kubectl-create Update apps/v1 00:00:00Z");
        assertThat(fields(made, 0))
                .isEqualTo(
                        "{'f:metadata':{'f:labels':{'.':{},'f:app':{}}},"
                                + "'f:spec':{'f:progressDeadlineSeconds':{},'f:replicas':{},"
                                + "'f:revisionHistoryLimit':{},'f:selector':{},'f:strategy':{"
                                + "'f:rollingUpdate':{'.':{},'f:maxSurge':{},'f:maxUnavailable':{}},"
                                + "'f:type':{}},'f:template':{'f:metadata':{'f:labels':{'.':{},"
                                + "'f:app':{}}},'f:spec':{'f:containers':{'k:{\"name\":\"nginx\"}':{"
                                + "'.':{},'f:image':{},'f:imagePullPolicy':{},'f:name':{},"
                                + "'f:ports':{'.':{},'k:{\"containerPort\":80,\"protocol\":\"TCP\"}':{"
                                + "'.':{},'f:containerPort':{},'f:protocol':{}}},'f:resources':{},"
                                + "'f:terminationMessagePath':{},'f:terminationMessagePolicy':{}}},"
                                + "'f:dnsPolicy':{},'f:restartPolicy':{},'f:schedulerName':{},"
                                + "'f:securityContext':{},'f:terminationGracePeriodSeconds':{}}}}}");
    }

    @Test
    void theUserAgentNamesWhoDoesNotNameItself() {
        Reply made = server.post(MAPS, map("a", "k", "v"));
        assertThat(owners(made)).containsExactly("test Update v1 00:00:00Z");
        assertThat(fields(made, 0)).isEqualTo("{'f:data':{'.':{},'f:k':{}}}");
    }

    @Test
    void whoChangesAFieldOwnsItAndNobodyElseDoes() {
        server.post(MAPS + "?fieldManager=a", map("m", "k", "1"));
        server.clock.advance(Duration.ofSeconds(5));
        Reply patched = merge(MAPS + "/m?fieldManager=b", "{\"data\":{\"k\":\"2\",\"l\":\"1\"}}");
        assertThat(owners(patched))
                .containsExactly("a Update v1 00:00:00Z", "b Update v1 00:00:05Z");
        assertThat(fields(patched, 0)).isEqualTo("{'f:data':{}}");
        assertThat(fields(patched, 1)).isEqualTo("{'f:data':{'f:k':{},'f:l':{}}}");
    }

    @Test
    void whatIsTakenAwayIsNobodys() {
        server.post(MAPS + "?fieldManager=a", map("m", "k", "1"));
        Reply patched = merge(MAPS + "/m?fieldManager=b", "{\"data\":{\"k\":null,\"l\":\"1\"}}");
        assertThat(fields(patched, 0)).isEqualTo("{'f:data':{}}");
        assertThat(fields(patched, 1)).isEqualTo("{'f:data':{'f:l':{}}}");
    }

    @Test
    void aChangeThatChangesNothingIsNoWrite() {
        Reply made = server.post(MAPS + "?fieldManager=a", map("m", "k", "1"));
        server.clock.advance(Duration.ofSeconds(5));
        Reply again = merge(MAPS + "/m?fieldManager=b", "{\"data\":{\"k\":\"1\"}}");
        assertThat(again.version()).isEqualTo(made.version());
        assertThat(again.body()).isEqualTo(made.body());
    }

    @Test
    void theStatusIsOwnedThroughItsOwnPath() {
        server.post(PODS + "?fieldManager=a", pod());
        Reply patched =
                merge(
                        PODS + "/p/status?fieldManager=kubelet",
                        "{\"status\":{\"phase\":\"Running\"}}");
        assertThat(owners(patched))
                .containsExactly("a Update v1 00:00:00Z", "kubelet Update v1 00:00:00Z status");
        assertThat(fields(patched, 1)).isEqualTo("{'f:status':{'f:phase':{}}}");
        Reply wrong = merge(PODS + "/p?fieldManager=b", "{\"status\":{\"phase\":\"Failed\"}}");
        assertThat(wrong.version()).isEqualTo(patched.version());
    }

    @Test
    void replicasAreOwnedThroughTheScale() {
        server.post(DEPLOYMENTS + "?fieldManager=a", WEB);
        Reply scaled =
                merge(DEPLOYMENTS + "/web/scale?fieldManager=b", "{\"spec\":{\"replicas\":3}}");
        assertThat(scaled.code()).isEqualTo(200);
        Reply web = server.get(DEPLOYMENTS + "/web");
        assertThat(owners(web))
                .containsExactly("a Update apps/v1 00:00:00Z", "b Update apps/v1 00:00:00Z scale");
        assertThat(fields(web, 1)).isEqualTo("{'f:spec':{'f:replicas':{}}}");
        assertThat(fields(web, 0)).doesNotContain("f:replicas");
    }

    @Test
    void ownersAreForgottenByOneEmptyEntry() {
        server.post(MAPS + "?fieldManager=a", map("m", "k", "1"));
        Reply kept = merge(MAPS + "/m", "{\"metadata\":{\"managedFields\":[]}}");
        assertThat(owners(kept)).hasSize(1);
        Reply forgotten = merge(MAPS + "/m", "{\"metadata\":{\"managedFields\":[{}]}}");
        assertThat(forgotten.body().at("/metadata/managedFields").isMissingNode()).isTrue();
        Reply changed = merge(MAPS + "/m?fieldManager=b", "{\"data\":{\"k\":\"2\"}}");
        assertThat(changed.body().at("/metadata/managedFields").isMissingNode()).isTrue();
    }

    @Test
    void aClientMayHandOverWhatItOwns() {
        server.post(MAPS + "?fieldManager=a", map("m", "k", "1"));
        Reply moved =
                server.patch(
                        MAPS + "/m",
                        JSON_PATCH,
                        "[{\"op\":\"replace\",\"path\":\"/metadata/managedFields/0/manager\","
                                + "\"value\":\"c\"}]");
        assertThat(owners(moved)).containsExactly("c Update v1 00:00:00Z");
    }

    @Test
    void aClientThatDoesNotKnowThemKeepsThem() {
        Reply made = server.post(MAPS + "?fieldManager=a", map("m", "k", "1"));
        ObjectNode object = made.body().deepCopy();
        ((ObjectNode) object.path("metadata")).remove("managedFields");
        assertThat(owners(server.put(MAPS + "/m", object))).hasSize(1);
    }

    @Test
    void theOldestUpdatersArePutTogether() {
        server.post(MAPS + "?fieldManager=m0", map("m", "k0", "1"));
        for (int i = 1; i < 12; i++) {
            server.clock.advance(Duration.ofSeconds(1));
            merge(MAPS + "/m?fieldManager=m" + i, "{\"data\":{\"k%d\":\"1\"}}".formatted(i));
        }
        Reply map = server.get(MAPS + "/m");
        assertThat(owners(map)).hasSize(10);
        assertThat(owners(map).getFirst()).isEqualTo("ancient-changes Update v1 00:00:02Z");
        assertThat(fields(map, 0)).isEqualTo("{'f:data':{'.':{},'f:k0':{},'f:k1':{},'f:k2':{}}}");
    }

    @Test
    void duplicatesInAKeyedListAreOwnedAsOne() {
        String port = "{\"containerPort\":80,\"name\":\"%s\"}";
        String twice = "\"ports\":[" + port.formatted("a") + "," + port.formatted("b") + "],";
        Reply made =
                server.post(
                        PODS + "?fieldManager=a", pod().replace("\"image\"", twice + "\"image\""));
        assertThat(made.code()).isEqualTo(201);
        assertThat(fields(made, 0))
                .contains("'f:ports':{'.':{},'k:{\"containerPort\":80,\"protocol\":\"TCP\"}':{}}");
    }

    private Reply merge(String path, String patch) {
        return server.patch(path, MERGE, patch);
    }

    static List<String> owners(Reply reply) {
        List<String> owners = new ArrayList<>();
        for (JsonNode entry : reply.body().at("/metadata/managedFields")) {
            String time = entry.path("time").asText();
            owners.add(
                    (entry.path("manager").asText()
                                    + " "
                                    + entry.path("operation").asText()
                                    + " "
                                    + entry.path("apiVersion").asText()
                                    + " "
                                    + time.substring(time.indexOf('T') + 1)
                                    + " "
                                    + entry.path("subresource").asText())
                            .strip());
        }
        return owners;
    }

    /** With single quotes. */
    static String fields(Reply reply, int entry) {
        return reply.body()
                .at("/metadata/managedFields/" + entry + "/fieldsV1")
                .toString()
                .replace("\\\"", "\u0000")
                .replace('"', '\'')
                .replace('\u0000', '"');
    }

    private static String map(String name, String key, String value) {
        return "{\"metadata\":{\"name\":\"%s\"},\"data\":{\"%s\":\"%s\"}}"
                .formatted(name, key, value);
    }

    private static String pod() {
        return "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"containers\":[{\"name\":\"c\","
                + "\"image\":\"nginx\"}]}}";
    }
}
