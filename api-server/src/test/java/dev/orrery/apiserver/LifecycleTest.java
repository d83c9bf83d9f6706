package dev.orrery.apiserver;

import static dev.orrery.apiserver.TestServer.JSON;
import static dev.orrery.apiserver.TestServer.MERGE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.TestServer.Reply;
import dev.orrery.apiserver.TestServer.Watching;
import dev.orrery.apiserver.admission.BuiltInAdmission;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.machinery.store.Verb;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What the conformance suite does with the objects of each kind: create with generated names, get,
 * list, watch, patch, update, the status in its three ways, delete, delete all.
 * https://kubernetes.io/docs/reference/using-api/api-concepts/
 */
class LifecycleTest {

    private static final JsonNode SAMPLES = samples();

    private final TestServer server = TestServer.admitting(BuiltInAdmission.plugins());

    @TestFactory
    List<DynamicTest> everyKindLivesAndDies() {
        server.post(
                "/api/v1/namespaces/default/serviceaccounts",
                "{\"metadata\":{\"name\":\"default\"}}");
        return server.core.kinds().all().stream()
                .filter(kind -> kind.verbs().contains(Verb.CREATE))
                .filter(kind -> sample(kind) != null)
                .map(kind -> DynamicTest.dynamicTest(kind.toString(), () -> live(kind)))
                .toList();
    }

    private static JsonNode samples() {
        try (InputStream in =
                Objects.requireNonNull(LifecycleTest.class.getResourceAsStream("samples.json"))) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode sample(Kind kind) {
        JsonNode own = SAMPLES.get(kind.plural() + "." + kind.group());
        return own != null ? own : SAMPLES.get(kind.plural());
    }

    private static ObjectNode object(Kind kind) {
        ObjectNode object = sample(kind).deepCopy();
        if (object.remove("$workload") instanceof ObjectNode spec) {
            spec.putObject("selector").putObject("matchLabels").put("app", "a");
            ObjectNode template = spec.putObject("template");
            template.putObject("metadata").putObject("labels").put("app", "a");
            template.putObject("spec")
                    .putArray("containers")
                    .addObject()
                    .put("name", "c")
                    .put("image", "nginx");
            object.set("spec", spec);
        }
        object.put("kind", kind.kind()).put("apiVersion", kind.apiVersion());
        object.putObject("metadata")
                .put("generateName", "made-")
                .putObject("labels")
                .put("life", "cycle");
        return object;
    }

    private void live(Kind kind) {
        String base = path(kind, kind.namespaced() ? "default" : "");
        Reply first = made(base, kind);
        made(base, kind);
        made(base, kind);
        String name = first.field("/metadata/name");
        assertThat(name).matches("made-[a-z0-9]{5}");
        String path = base + "/" + name;
        assertThat(server.get(path).body()).isEqualTo(first.body());

        Reply list = server.get(path(kind, "") + "?labelSelector=life=cycle");
        assertThat(list.body().path("items")).as(list.text()).hasSize(3);
        Watching watching =
                server.watch(
                        base
                                + "?watch=true&labelSelector=life=cycle&resourceVersion="
                                + list.version());

        Reply patched =
                server.patch(path, MERGE, "{\"metadata\":{\"labels\":{\"patched\":\"yes\"}}}");
        assertThat(patched.code()).as(patched.text()).isEqualTo(200);
        assertThat(Long.parseLong(patched.version()))
                .isGreaterThan(Long.parseLong(first.version()));
        ObjectNode next = patched.body().deepCopy();
        next.withObjectProperty("metadata").withObjectProperty("annotations").put("updated", "yes");
        Reply updated = server.put(path, next);
        assertThat(updated.code()).as(updated.text()).isEqualTo(200);
        assertThat(updated.field("/metadata/annotations/updated")).isEqualTo("yes");
        assertThat(watching.summary()).containsExactly("MODIFIED " + name, "MODIFIED " + name);

        if (kind.hasSubresource("status")) {
            changeStatus(path, kind);
        }
        end(base, path, name, watching);
    }

    private Reply made(String base, Kind kind) {
        Reply made = server.send("POST", base, JSON, object(kind).toString(), "");
        assertThat(made.code()).as(made.text()).isEqualTo(201);
        return made;
    }

    private void changeStatus(String path, Kind kind) {
        Reply status = server.get(path + "/status");
        assertThat(status.code()).isEqualTo(200);
        ObjectNode body = status.body().deepCopy();
        body.withObjectProperty("metadata").withObjectProperty("annotations").put("s", "put");
        Reply put = server.put(path + "/status", body);
        assertThat(put.code()).as(put.text()).isEqualTo(200);
        Reply patched =
                server.patch(
                        path + "/status",
                        MERGE,
                        "{\"metadata\":{\"annotations\":{\"s\":\"patched\"}}}");
        assertThat(patched.code()).as(patched.text()).isEqualTo(200);
        assertThat(patched.field("/metadata/annotations/s")).as(kind.kind()).isEqualTo("patched");
    }

    private void end(String base, String path, String name, Watching watching) {
        watching.events();
        Reply deleted = server.delete(path, "{\"gracePeriodSeconds\":0}");
        assertThat(deleted.code()).as(deleted.text()).isEqualTo(200);
        if (!server.get(path).body().path("metadata").path("finalizers").isEmpty()) {
            server.patch(path, MERGE, "{\"metadata\":{\"finalizers\":null}}");
        }
        assertThat(server.get(path).reason()).isEqualTo("NotFound");
        assertThat(watching.summary()).endsWith("DELETED " + name);
        Reply all =
                server.delete(
                        base + "?labelSelector=life=cycle",
                        "{\"gracePeriodSeconds\":0,\"propagationPolicy\":\"Background\"}");
        assertThat(all.code()).as(all.text()).isEqualTo(200);
        for (JsonNode left : server.get(base + "?labelSelector=life=cycle").body().path("items")) {
            assertThat(left.at("/metadata/deletionTimestamp").asText()).isNotEmpty();
            server.patch(
                    base + "/" + left.at("/metadata/name").asText(),
                    MERGE,
                    "{\"metadata\":{\"finalizers\":null}}");
        }
        assertThat(server.get(base + "?labelSelector=life=cycle").body().path("items")).isEmpty();
    }

    private static String path(Kind kind, String namespace) {
        return (kind.group().isEmpty() ? "/api/v1" : "/apis/" + kind.apiVersion())
                + (namespace.isEmpty() ? "" : "/namespaces/" + namespace)
                + "/"
                + kind.plural();
    }
}
