package dev.orrery.apiserver;

import static dev.orrery.apiserver.TestServer.MERGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.apiserver.TestServer.Reply;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * How objects go.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/finalizers/">
 *     finalizers</a>
 * @see <a href="https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination">
 *     pod termination</a>
 */
class DeletionTest {

    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String PODS = "/api/v1/namespaces/default/pods";
    private static final String JOBS = "/apis/batch/v1/namespaces/default/jobs";

    private final TestServer server = new TestServer();

    @Test
    void answersWithStatusOrWithTheObjectAsTheKindDoes() {
        Reply map = create(MAPS, "{\"metadata\":{\"name\":\"a\"}}");
        Reply gone = server.delete(MAPS + "/a", "");
        assertThat(gone.field("/status")).isEqualTo("Success");
        assertThat(gone.field("/details/name")).isEqualTo("a");
        assertThat(gone.field("/details/kind")).isEqualTo("configmaps");
        assertThat(gone.field("/details/uid")).isEqualTo(map.field("/metadata/uid"));
        assertThat(server.get(MAPS + "/a").code()).isEqualTo(404);
        create("/api/v1/namespaces/default/serviceaccounts", "{\"metadata\":{\"name\":\"a\"}}");
        Reply account = server.delete("/api/v1/namespaces/default/serviceaccounts/a", "");
        assertThat(account.field("/kind")).isEqualTo("ServiceAccount");
    }

    @Test
    void waitsForFinalizers() {
        create(MAPS, "{\"metadata\":{\"name\":\"a\",\"finalizers\":[\"example.com/x\"]}}");
        Reply marked = server.delete(MAPS + "/a", "");
        assertThat(marked.field("/metadata/deletionTimestamp")).isEqualTo("2026-01-01T00:00:00Z");
        Reply added =
                server.patch(
                        MAPS + "/a",
                        MERGE,
                        "{\"metadata\":{\"finalizers\":[\"example.com/x\",\"example.com/y\"]}}");
        assertThat(added.message())
                .isEqualTo(
                        "ConfigMap \"a\" is invalid: metadata.finalizers: Forbidden: no new"
                                + " finalizers can be added if the object is being deleted, found new"
                                + " finalizers []string{\"example.com/y\"}");
        assertThat(server.patch(MAPS + "/a", MERGE, "{\"metadata\":{\"finalizers\":null}}").code())
                .isEqualTo(200);
        assertThat(server.get(MAPS + "/a").code()).isEqualTo(404);
    }

    @Test
    void tellsTheGarbageCollectorByFinalizer() {
        record Row(String name, String options, String finalizer) {}
        Row[] rows = {
            new Row("orphan", "{\"propagationPolicy\":\"Orphan\"}", "orphan"),
            new Row("foreground", "{\"propagationPolicy\":\"Foreground\"}", "foregroundDeletion"),
            new Row("old orphan", "{\"orphanDependents\":true}", "orphan"),
        };
        for (Row row : rows) {
            create(MAPS, "{\"metadata\":{\"name\":\"a\"}}");
            Reply marked = server.delete(MAPS + "/a", row.options);
            assertThat(marked.field("/metadata/finalizers/0"))
                    .as(row.name)
                    .isEqualTo(row.finalizer);
            server.patch(MAPS + "/a", MERGE, "{\"metadata\":{\"finalizers\":null}}");
        }
        Reply both =
                server.delete(
                        MAPS + "/a",
                        "{\"propagationPolicy\":\"Orphan\",\"orphanDependents\":true}");
        assertThat(both.code()).isEqualTo(422);
    }

    @Test
    void leavesThePodsOfAJobUnlessToldOtherwise() {
        String job =
                """
                {"metadata":{"name":"j"},"spec":{"template":{"spec":{"restartPolicy":"Never",
                 "containers":[{"name":"c","image":"busybox"}]}}}}
                """;
        create(JOBS, job);
        assertThat(server.delete(JOBS + "/j", "").field("/metadata/finalizers/0"))
                .isEqualTo("orphan");
        server.patch(JOBS + "/j", MERGE, "{\"metadata\":{\"finalizers\":null}}");
        create(JOBS, job);
        Reply background = server.delete(JOBS + "/j", "{\"propagationPolicy\":\"Background\"}");
        assertThat(background.field("/status")).isEqualTo("Success");
    }

    @Test
    void givesAPodItsTimeToEnd() {
        create(PODS, pod("p"));
        bind("p");
        Reply marked = server.delete(PODS + "/p", "");
        assertThat(marked.field("/metadata/deletionTimestamp")).isEqualTo("2026-01-01T00:00:30Z");
        assertThat(marked.body().at("/metadata/deletionGracePeriodSeconds").asInt()).isEqualTo(30);
        server.clock.advance(Duration.ofSeconds(3));
        Reply shorter = server.delete(PODS + "/p", "{\"gracePeriodSeconds\":5}");
        assertThat(shorter.field("/metadata/deletionTimestamp")).isEqualTo("2026-01-01T00:00:05Z");
        Reply longer = server.delete(PODS + "/p", "{\"gracePeriodSeconds\":60}");
        assertThat(longer.version()).isEqualTo(shorter.version());
        assertThat(server.delete(PODS + "/p", "{\"gracePeriodSeconds\":0}").code()).isEqualTo(200);
        assertThat(server.get(PODS + "/p").code()).isEqualTo(404);
    }

    @Test
    void removesAPodThatRunsNowhereAtOnce() {
        create(PODS, pod("p"));
        server.delete(PODS + "/p", "");
        assertThat(server.get(PODS + "/p").code()).isEqualTo(404);
    }

    @Test
    void holdsToPreconditions() {
        Reply created = create(MAPS, "{\"metadata\":{\"name\":\"a\"}}");
        String uid = created.field("/metadata/uid");
        Reply refused = server.delete(MAPS + "/a", "{\"preconditions\":{\"uid\":\"other\"}}");
        assertThat(refused.code()).isEqualTo(409);
        assertThat(refused.message())
                .isEqualTo(
                        "Operation cannot be fulfilled on configmaps \"a\": Precondition failed:"
                                + " UID in precondition: other, UID in object meta: "
                                + uid);
        Reply stale = server.delete(MAPS + "/a", "{\"preconditions\":{\"resourceVersion\":\"1\"}}");
        assertThat(stale.code()).isEqualTo(409);
        assertThat(
                        server.delete(MAPS + "/a", "{\"preconditions\":{\"uid\":\"" + uid + "\"}}")
                                .code())
                .isEqualTo(200);
    }

    @Test
    void removesNothingInADryRun() {
        create(MAPS, "{\"metadata\":{\"name\":\"a\"}}");
        assertThat(server.delete(MAPS + "/a?dryRun=All", "").code()).isEqualTo(200);
        assertThat(server.delete(MAPS + "/a", "{\"dryRun\":[\"All\"]}").code()).isEqualTo(200);
        assertThat(server.get(MAPS + "/a").code()).isEqualTo(200);
    }

    @Test
    void removesWhatASelectorFinds() {
        for (String name : new String[] {"a", "b", "c"}) {
            String group = name.equals("c") ? "y" : "x";
            create(
                    MAPS,
                    "{\"metadata\":{\"name\":\""
                            + name
                            + "\",\"labels\":{\"g\":\""
                            + group
                            + "\"}}}");
        }
        Reply deleted = server.delete(MAPS + "?labelSelector=g=x", "");
        assertThat(deleted.code()).isEqualTo(200);
        assertThat(deleted.body().path("items")).hasSize(2);
        assertThat(server.get(MAPS).body().path("items")).hasSize(1);
    }

    @Test
    void emptiesANamespaceBeforeItGoes() {
        create("/api/v1/namespaces", "{\"metadata\":{\"name\":\"n\"}}");
        Reply marked = server.delete("/api/v1/namespaces/n", "");
        assertThat(marked.field("/status/phase")).isEqualTo("Terminating");
        Reply refused =
                server.post("/api/v1/namespaces/n/configmaps", "{\"metadata\":{\"name\":\"a\"}}");
        assertThat(refused.code()).isEqualTo(403);
        assertThat(refused.field("/details/causes/0/reason")).isEqualTo("NamespaceTerminating");
        assertThat(refused.message())
                .isEqualTo(
                        "configmaps \"a\" is forbidden: unable to create new content in namespace n"
                                + " because it is being terminated");
        Reply finalized =
                server.put(
                        "/api/v1/namespaces/n/finalize",
                        "{\"metadata\":{\"name\":\"n\"},\"spec\":{}}");
        assertThat(finalized.code()).isEqualTo(200);
        assertThat(server.get("/api/v1/namespaces/n").code()).isEqualTo(404);
        assertThat(server.delete("/api/v1/namespaces/default", "").message())
                .isEqualTo(
                        "namespaces \"default\" is forbidden: this namespace may not be deleted");
    }

    private Reply create(String path, String json) {
        Reply reply = server.post(path, json);
        assertThat(reply.code()).as(reply.text()).isEqualTo(201);
        return reply;
    }

    private void bind(String name) {
        Reply reply =
                server.post(
                        PODS + "/" + name + "/binding",
                        "{\"metadata\":{\"name\":\"p\"},\"target\":{\"name\":\"node-1\"}}");
        assertThat(reply.code()).as(reply.text()).isEqualTo(201);
    }

    private static String pod(String name) {
        return "{\"metadata\":{\"name\":\""
                + name
                + "\"},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"nginx\"}]}}";
    }
}
