package dev.orrery.acceptance.fault;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.acceptance.process.Replicas.ApiReplica;
import dev.orrery.acceptance.process.Requests;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks at every version of every pod: none may change its node, and of a name there may never be a
 * second pod while the first is there.
 */
final class PodWatch implements AutoCloseable {

    private static final String PATH = "/api/v1/namespaces/default/pods?watch=1";

    private final InputStream stream;
    private final Map<String, String> nodeByUid = new HashMap<>();
    private final Map<String, String> uidByName = new HashMap<>();
    private final List<String> violations = new ArrayList<>();
    private final Set<String> givenUp = new HashSet<>();

    PodWatch(ApiReplica server, Requests requests) {
        try {
            this.stream = requests.stream(server, PATH);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::read);
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                look(Requests.JSON.readTree(line));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private synchronized void look(JsonNode event) {
        JsonNode pod = event.path("object");
        String name = pod.path("metadata").path("name").asText();
        String uid = pod.path("metadata").path("uid").asText();
        String node = pod.path("spec").path("nodeName").asText("");
        if (event.path("type").asText().equals("DELETED")) {
            uidByName.remove(name);
            return;
        }
        if (pod.path("metadata").has("deletionTimestamp")) {
            givenUp.add(uid);
        }
        String other = uidByName.put(name, uid);
        if (other != null && !other.equals(uid)) {
            violations.add("a second pod " + name + " while the first was there");
        }
        String before = node.isEmpty() ? null : nodeByUid.put(uid, node);
        if (before != null && !before.equals(node)) {
            violations.add("the pod %s went from %s to %s".formatted(name, before, node));
        }
    }

    synchronized int bound() {
        return nodeByUid.size();
    }

    /** Pods that are to go, or have gone: those of a silent node stay until it comes back. */
    synchronized int givenUp() {
        return givenUp.size();
    }

    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    @Override
    public void close() {
        try {
            stream.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
