package dev.orrery.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import dev.orrery.apiserver.TestServer.Reply;
import dev.orrery.apiserver.kind.BuiltInKinds;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.kind.MetricsKinds;
import dev.orrery.apiserver.kind.Subresource;
import dev.orrery.apiserver.user.User;
import dev.orrery.schema.Schemas;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What the server tells of itself.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/overview/kubernetes-api/#discovery-api">
 *     discovery</a>
 */
class DocumentsTest {

    private static final String AGGREGATED =
            "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

    private final TestServer server = new TestServer();

    @Test
    void knowsTheSchemaOfEveryKindAndPart() {
        for (Kind kind : BuiltInKinds.all().all()) {
            if (kind.group().equals(MetricsKinds.GROUP)) {
                continue; // it is only ever read, and Kubernetes' own document leaves it out
            }
            assertThat(Schemas.kubernetes().kind(kind.group(), kind.version(), kind.kind()))
                    .as(kind.toString())
                    .isNotNull();
            for (Subresource part : kind.subresources()) {
                if (part.kind().endsWith("Options")) {
                    continue; // it comes in the query, and is no document
                }
                assertThat(Schemas.kubernetes().kind(part.group(), part.version(), part.kind()))
                        .as(kind + "/" + part.name())
                        .isNotNull();
            }
        }
    }

    @Test
    void indentsAsGoDoesWhatPeopleRead() {
        assertThat(server.get("/version").text())
                .startsWith("{\n  \"major\": \"1\",\n  \"minor\": \"36\",\n");
    }

    @Test
    void listsEveryKindOfAGroup() {
        Reply apps = server.get("/apis/apps/v1");
        assertThat(apps.field("/kind")).isEqualTo("APIResourceList");
        JsonNode deployments = resource(apps, "deployments");
        assertThat(deployments.path("shortNames").path(0).asText()).isEqualTo("deploy");
        assertThat(deployments.path("categories").path(0).asText()).isEqualTo("all");
        assertThat(deployments.path("verbs")).hasSize(8);
        assertThat(resource(apps, "deployments/scale").path("group").asText())
                .isEqualTo("autoscaling");
        assertThat(server.get("/apis/apps").field("/preferredVersion/groupVersion"))
                .isEqualTo("apps/v1");
        assertThat(server.get("/apis/autoscaling").field("/preferredVersion/version"))
                .isEqualTo("v2");
        assertThat(server.get("/api").field("/versions/0")).isEqualTo("v1");
        assertThat(server.get("/apis/no").code()).isEqualTo(404);
        assertThat(server.get("/apis/apps/v9").code()).isEqualTo(404);
    }

    private static JsonNode resource(Reply list, String name) {
        for (JsonNode resource : list.body().path("resources")) {
            if (resource.path("name").asText().equals(name)) {
                return resource;
            }
        }
        throw new AssertionError("no " + name);
    }

    @Test
    void tellsAllAtOnceToThoseWhoAsk() {
        Reply groups = server.send("GET", "/apis", "", "", AGGREGATED + ",application/json;q=0.9");
        assertThat(groups.field("/kind")).isEqualTo("APIGroupDiscoveryList");
        assertThat(groups.response().contentType()).isEqualTo(AGGREGATED);
        assertThat(groups.text()).contains("\"resource\":\"deployments\"");
        Reply core = server.send("GET", "/api", "", "", AGGREGATED);
        assertThat(core.body().path("items")).hasSize(1);
        assertThat(server.get("/apis").field("/kind")).isEqualTo("APIGroupList");
    }

    @Test
    void describesItselfInOpenApi() {
        Reply index = server.get("/openapi/v3");
        String url =
                index.body().path("paths").path("apis/apps/v1").path("serverRelativeURL").asText();
        assertThat(url).startsWith("/openapi/v3/apis/apps/v1?hash=");
        assertThat(server.get(url).field("/openapi")).startsWith("3.");
        assertThat(server.get("/openapi/v2").field("/swagger")).isEqualTo("2.0");
        assertThat(server.send("GET", "/openapi/v2", "", "", "text/html").code()).isEqualTo(406);
    }

    @Test
    void describesItselfToKubectlAsAMessage() throws InvalidProtocolBufferException {
        String asked = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";
        Reply reply = server.send("GET", "/openapi/v2", "", "", asked);
        assertThat(reply.response().contentType()).isEqualTo(asked.replace('@', '.'));
        UnknownFieldSet document = UnknownFieldSet.parseFrom(reply.response().body());
        assertThat(text(document, 1)).isEqualTo("2.0");
        JsonNode json = server.get("/openapi/v2").body();
        assertThat(message(document, 9).getField(1).getLengthDelimitedList())
                .hasSameSizeAs(json.path("definitions"));
        assertThat(message(document, 8).getField(2).getLengthDelimitedList())
                .hasSameSizeAs(json.path("paths"));

        UnknownFieldSet review =
                named(message(document, 9), "io.k8s.api.authentication.v1.TokenReview");
        assertThat(text(message(review, 22), 1)).isEqualTo("object");
        UnknownFieldSet kinds = message(review, 31);
        assertThat(text(kinds, 1)).isEqualTo("x-kubernetes-group-version-kind");
        assertThat(text(message(kinds, 2), 2))
                .isEqualTo(
                        "[{\"group\":\"authentication.k8s.io\",\"kind\":\"TokenReview\",\"version\":\"v1\"}]");
        assertThat(text(named(message(review, 25), "spec"), 1))
                .isEqualTo("#/definitions/io.k8s.api.authentication.v1.TokenReviewSpec");
    }

    /** The value of a pair of a name and a value. */
    private static UnknownFieldSet named(UnknownFieldSet pairs, String name)
            throws InvalidProtocolBufferException {
        for (ByteString pair : pairs.getField(1).getLengthDelimitedList()) {
            UnknownFieldSet one = UnknownFieldSet.parseFrom(pair);
            if (text(one, 1).equals(name)) {
                return message(one, 2);
            }
        }
        throw new AssertionError("no " + name);
    }

    private static UnknownFieldSet message(UnknownFieldSet in, int field)
            throws InvalidProtocolBufferException {
        return UnknownFieldSet.parseFrom(in.getField(field).getLengthDelimitedList().getFirst());
    }

    private static String text(UnknownFieldSet in, int field) {
        return in.getField(field).getLengthDelimitedList().getFirst().toStringUtf8();
    }

    @Test
    void answersStrangersOnHealthAndVersionOnly() {
        record Row(String path, int code) {}
        Row[] rows = {
            new Row("/healthz", 200),
            new Row("/livez", 200),
            new Row("/readyz", 200),
            new Row("/version", 200),
            new Row("/", 403),
            new Row("/api", 403),
            new Row("/api/v1/namespaces", 403),
            new Row("/status", 403),
            new Row("/metrics", 403),
            new Row("/healthzz", 403),
            new Row("/readyz/log", 403),
        };
        for (Row row : rows) {
            Reply reply = server.send("GET", row.path, "", "", "", User.ANONYMOUS);
            assertThat(reply.code()).as(row.path).isEqualTo(row.code);
        }
    }

    @Test
    void saysHowFarItIs() {
        Reply status = server.get("/status");
        assertThat(status.field("/service")).isEqualTo("api-server");
        assertThat(status.body().path("applied").asLong()).isPositive();
        assertThat(status.body().path("logEnd")).isEqualTo(status.body().path("applied"));
        assertThat(server.get("/readyz?verbose=true").text())
                .isEqualTo("[+]ping ok\n[+]log ok\nreadyz check passed\n");
        server.get("/api/v1/namespaces");
        assertThat(server.get("/metrics").text())
                .contains("apiserver_request_total{code=\"200\",verb=\"LIST\"")
                .containsPattern("orrery_log_write_duration_seconds_count [1-9]");
    }

    @Test
    void hasWhatEveryClusterHas() {
        assertThat(
                        List.of(
                                "/api/v1/namespaces/default",
                                "/api/v1/namespaces/kube-system",
                                "/api/v1/namespaces/kube-public",
                                "/api/v1/namespaces/kube-node-lease",
                                "/api/v1/namespaces/default/services/kubernetes",
                                "/api/v1/namespaces/kube-system/services/kube-dns",
                                "/apis/scheduling.k8s.io/v1/priorityclasses/system-node-critical"))
                .allSatisfy(path -> assertThat(server.get(path).code()).as(path).isEqualTo(200));
    }
}
