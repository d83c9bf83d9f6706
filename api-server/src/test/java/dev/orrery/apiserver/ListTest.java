package dev.orrery.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.TestServer.Reply;
import dev.orrery.apiserver.store.StoreLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Lists: which objects, in which version, in which form.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/using-api/api-concepts/#retrieving-large-results-sets-in-chunks">
 *     chunks</a>
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/">labels</a>
 */
class ListTest {

    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    private final TestServer server = new TestServer();

    @Test
    void selectsByLabels() {
        create("a", "\"tier\":\"front\",\"n\":\"1\"");
        create("b", "\"tier\":\"back\",\"n\":\"5\"");
        create("c", "\"n\":\"x\"");
        record Row(String selector, String names) {}
        Row[] rows = {
            new Row("tier=front", "a"),
            new Row("tier==front", "a"),
            new Row("tier!=front", "b c"),
            new Row("tier in (front,back)", "a b"),
            new Row("tier notin (front)", "b c"),
            new Row("tier", "a b"),
            new Row("!tier", "c"),
            new Row("n>1", "b"),
            new Row("n<5", "a"),
            new Row("tier=front,n=5", ""),
            new Row("tier in (front, back), n notin (5)", "a"),
            new Row("", "a b c"),
        };
        for (Row row : rows) {
            List<String> names = names(server.get(MAPS + "?labelSelector=" + row.selector));
            assertThat(String.join(" ", names)).as(row.selector).isEqualTo(row.names);
        }
        for (String bad : new String[] {"tier in (", "a=b=c", "=x", "a,,b", "-x=y"}) {
            Reply reply = server.get(MAPS + "?labelSelector=" + bad);
            assertThat(reply.code()).as(bad).isEqualTo(400);
            assertThat(reply.message()).as(bad).startsWith("unable to parse requirement: ");
        }
    }

    @Test
    void selectsByFields() {
        create("a", "");
        create("b", "");
        assertThat(names(server.get(MAPS + "?fieldSelector=metadata.name=a"))).containsExactly("a");
        assertThat(names(server.get(MAPS + "?fieldSelector=metadata.name!=a")))
                .containsExactly("b");
        assertThat(names(server.get("/api/v1/nodes?fieldSelector=spec.unschedulable=false")))
                .isEmpty();
        assertThat(server.get(MAPS + "?fieldSelector=data.k=v").message())
                .isEqualTo(
                        "\"data.k\" is not a known field selector: only \"metadata.name\","
                                + " \"metadata.namespace\"");
        assertThat(server.get("/api/v1/pods?fieldSelector=spec.x=y").message())
                .isEqualTo("field label not supported: spec.x");
    }

    @Test
    void givesOneVersionOverAllPages() {
        for (int i = 0; i < 7; i++) {
            create("m" + i, "");
        }
        Reply first = server.get(MAPS + "?limit=3");
        assertThat(names(first)).containsExactly("m0", "m1", "m2");
        assertThat(first.body().at("/metadata/remainingItemCount").asInt()).isEqualTo(4);
        create("m1a", "");
        create("m5a", "");
        Reply second = next(first, 3);
        assertThat(names(second)).containsExactly("m3", "m4", "m5");
        assertThat(second.version()).isEqualTo(first.version());
        Reply third = next(second, 3);
        assertThat(names(third)).containsExactly("m6");
        assertThat(third.body().path("metadata").has("continue")).isFalse();
        assertThat(names(server.get(MAPS))).hasSize(9);
    }

    private Reply next(Reply page, int limit) {
        return server.get(
                MAPS + "?limit=" + limit + "&continue=" + page.field("/metadata/continue"));
    }

    @Test
    void offersToGoOnWhereAPageIsTooOld() {
        TestServer forgetful = new TestServer(StoreLimits.REGISTRY.withWindow(4, 1 << 20));
        for (int i = 0; i < 4; i++) {
            forgetful.post(MAPS, "{\"metadata\":{\"name\":\"m" + i + "\"}}");
        }
        Reply first = forgetful.get(MAPS + "?limit=2");
        for (int i = 4; i < 12; i++) {
            forgetful.post(MAPS, "{\"metadata\":{\"name\":\"m" + i + "\"}}");
        }
        String token = first.field("/metadata/continue");
        Reply expired = forgetful.get(MAPS + "?limit=2&continue=" + token);
        assertThat(expired.code()).isEqualTo(410);
        assertThat(expired.reason()).isEqualTo("Expired");
        String again = expired.field("/metadata/continue");
        Reply rest = forgetful.get(MAPS + "?limit=3&continue=" + again);
        assertThat(names(rest)).containsExactly("m10", "m11", "m2");
        assertThat(rest.version()).isNotEqualTo(first.version());
    }

    @Test
    void letsPagesExpireAsTheyDoOverEtcd() {
        create("a", "");
        create("b", "");
        Reply first = server.get(MAPS + "?limit=1");
        server.clock.advance(Duration.ofMinutes(6));
        assertThat(next(first, 1).code()).isEqualTo(410);
    }

    @Test
    void readsTheVersionThatIsAskedFor() {
        create("a", "");
        String old = server.get(MAPS).version();
        create("b", "");
        String at = MAPS + "?resourceVersion=" + old;
        assertThat(names(server.get(at + "&resourceVersionMatch=Exact"))).containsExactly("a");
        assertThat(names(server.get(at + "&resourceVersionMatch=NotOlderThan")))
                .containsExactly("a", "b");
        assertThat(names(server.get(at))).containsExactly("a", "b");
        assertThat(names(server.get(at + "&limit=5"))).containsExactly("a");
        record Row(String query, int code) {}
        Row[] rows = {
            new Row("resourceVersionMatch=Exact", 422),
            new Row("resourceVersionMatch=Exact&resourceVersion=0", 422),
            new Row("resourceVersionMatch=Odd&resourceVersion=1", 422),
            new Row("resourceVersion=x", 400),
            new Row("continue=x", 400),
            new Row("limit=x", 400),
        };
        for (Row row : rows) {
            assertThat(server.get(MAPS + "?" + row.query).code()).as(row.query).isEqualTo(row.code);
        }
    }

    @Test
    void showsRowsAndMetadataAlone() {
        create("a", "");
        Reply table =
                server.send("GET", MAPS, "", "", "application/json;as=Table;v=v1;g=meta.k8s.io");
        assertThat(table.field("/kind")).isEqualTo("Table");
        assertThat(table.field("/columnDefinitions/0/name")).isEqualTo("Name");
        assertThat(table.field("/rows/0/cells/0")).isEqualTo("a");
        assertThat(table.field("/rows/0/object/kind")).isEqualTo("PartialObjectMetadata");
        Reply partial =
                server.send(
                        "GET",
                        MAPS,
                        "",
                        "",
                        "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io");
        assertThat(partial.field("/kind")).isEqualTo("PartialObjectMetadataList");
        assertThat(partial.body().at("/items/0").has("data")).isFalse();
        Reply review =
                server.send(
                        "POST",
                        "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
                        "application/json",
                        "{\"spec\":{\"resourceAttributes\":{\"verb\":\"get\"}}}",
                        "application/json;as=Table;v=v1;g=meta.k8s.io");
        assertThat(review.code()).isEqualTo(406);
        assertThat(server.send("GET", MAPS, "", "", "text/html").code()).isEqualTo(406);
        Reply yaml = server.send("GET", MAPS + "/a", "", "", "application/yaml");
        assertThat(yaml.text()).contains("kind: ConfigMap");
    }

    private void create(String name, String labels) {
        Reply reply =
                server.post(
                        MAPS,
                        "{\"metadata\":{\"name\":\"" + name + "\",\"labels\":{" + labels + "}}}");
        assertThat(reply.code()).as(reply.text()).isEqualTo(201);
    }

    private static List<String> names(Reply reply) {
        assertThat(reply.code()).as(reply.text()).isEqualTo(200);
        List<String> names = new ArrayList<>();
        for (JsonNode item : reply.body().path("items")) {
            names.add(item.at("/metadata/name").asText());
        }
        return names;
    }
}
