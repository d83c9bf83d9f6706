package dev.orrery.workbench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.machinery.log.Entry;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.LogRecord;
import dev.orrery.machinery.log.ObjectKey;
import dev.orrery.machinery.log.WriteHeader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Planted violations, of a Deployment of two with one more and one less allowed. */
class RolloutBoundsTest {

    private static final String CONTROLLER =
            "system:serviceaccount:kube-system:replicaset-controller orrery";
    private static final String KUBELET = "system:node:node-1 orrery";

    private final RolloutBounds bounds = new RolloutBounds(WebDeployment.KEY, 3, 1);
    private final Map<ObjectKey, Long> held = new HashMap<>();
    private final List<Optional<String>> verdicts = new ArrayList<>();
    private long offset;

    @BeforeEach
    void aDeploymentWithTwoSets() {
        write(WebDeployment.KEY, object("web", ""), CONTROLLER);
        write(key("apps", "replicasets", "old"), object("old", "web"), CONTROLLER);
        write(key("apps", "replicasets", "new"), object("new", "web"), CONTROLLER);
    }

    @Test
    void allowsAsManyPodsAsReplicasAndSurge() {
        pods("old", "a", "b", "c");

        assertThat(verdicts).allMatch(Optional::isEmpty);
    }

    @Test
    void tellsOfOnePodTooMany() {
        pods("old", "a", "b");
        pods("new", "c", "d");

        assertThat(verdicts.getLast()).hasValue("4 pods, and 3 are allowed");
    }

    @Test
    void doesNotCountPodsOfOthersNorThoseThatEndOrWereLost() {
        pods("old", "a", "b");
        pods("stranger", "x", "y");
        write(pod("a"), ready("old", "\"deletionTimestamp\": \"2026-01-05T09:00:00Z\""), KUBELET);
        pods("new", "c", "d");
        held.put(pod("e"), 77L);
        pods("new", "e");

        assertThat(verdicts).allMatch(Optional::isEmpty);
    }

    @Test
    void tellsOfThePodThatTheControllerMustNotTake() {
        pods("old", "a");
        write(pod("a"), ready("old"), KUBELET);
        write(pod("a"), null, CONTROLLER);

        assertThat(verdicts.getLast())
                .hasValue("the controller left 0 pods available, and 1 are needed");
    }

    @Test
    void doesNotBlameTheControllerForWhatOthersTake() {
        pods("old", "a", "b");
        write(pod("a"), ready("old"), KUBELET);
        write(pod("a"), null, KUBELET);
        write(pod("b"), null, CONTROLLER);

        assertThat(verdicts).allMatch(Optional::isEmpty);
    }

    private void pods(String set, String... names) {
        for (String name : names) {
            write(pod(name), object(name, set), CONTROLLER);
        }
    }

    private void write(ObjectKey key, @Nullable String value, String actor) {
        WriteHeader header =
                new WriteHeader(
                        held.getOrDefault(key, 0L),
                        "id-" + offset,
                        actor,
                        List.of(),
                        0,
                        "",
                        Instant.EPOCH);
        byte[] bytes = value == null ? null : value.getBytes(UTF_8);
        LogRecord record = new LogRecord(offset++, new Entry(key, bytes, header));
        held.put(key, value == null ? 0 : record.resourceVersion());
        verdicts.add(bounds.read(record));
    }

    private static String object(String name, String owner) {
        return object(name, owner, "\"name\": \"" + name + "\"", "{}");
    }

    private static String ready(String owner) {
        return ready(owner, "\"labels\": {}");
    }

    private static String ready(String owner, String metadata) {
        return object(
                "any",
                owner,
                metadata,
                "{\"conditions\": [{\"type\": \"Ready\", \"status\": \"True\"}]}");
    }

    private static String object(String uid, String owner, String metadata, String status) {
        return """
        {"metadata": {"uid": "%s", %s, "ownerReferences": [{"uid": "%s", "controller": true}]},
         "status": %s}
        """
                .formatted(uid, metadata, owner, status);
    }

    private static ObjectKey pod(String name) {
        return key("", "pods", name);
    }

    private static ObjectKey key(String group, String resource, String name) {
        return new ObjectKey(new GroupResource(group, resource), "default", name);
    }
}
