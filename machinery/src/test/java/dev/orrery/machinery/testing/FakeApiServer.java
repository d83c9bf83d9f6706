package dev.orrery.machinery.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.machinery.log.ClusterLog;
import dev.orrery.machinery.log.Entry;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.MemoryLog;
import dev.orrery.machinery.log.ObjectKey;
import dev.orrery.machinery.log.WriteHeader;
import dev.orrery.machinery.store.Answer;
import dev.orrery.machinery.store.Call;
import dev.orrery.machinery.store.Json;
import dev.orrery.machinery.store.Path;
import dev.orrery.machinery.store.Snapshot;
import dev.orrery.machinery.store.StoreUnavailableException;
import dev.orrery.machinery.store.Transport;
import dev.orrery.machinery.store.Verb;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * As much of an api-server as machinery needs: objects with resourceVersions in an in-memory log,
 * creates, updates, merge patches and deletes; no defaults, no validation, no graceful deletion.
 */
public final class FakeApiServer implements Transport {

    private final MemoryLog log;
    private final Map<String, Held> objects = new TreeMap<>();
    private final List<Call> calls = new ArrayList<>();
    private int failing;
    private boolean losing;
    private int uids;

    public FakeApiServer(MemoryLog log) {
        this.log = log;
    }

    public ClusterLog log() {
        return log;
    }

    /** All calls that reached the server, in order. */
    public List<Call> calls() {
        return List.copyOf(calls);
    }

    /** The next calls get no answer, and do nothing. */
    public void failNext(int count) {
        failing = count;
    }

    /** The next call is carried out, and its caller never learns of it. */
    public void loseNextAnswer() {
        losing = true;
    }

    /** Writes an object as some client would; answers its resourceVersion. */
    public long put(HasMetadata object) {
        ObjectKey key = keyOf(Path.of(object));
        ObjectNode json = Json.MAPPER.valueToTree(object);
        return store(key, json, "");
    }

    /** As {@link #put}, in the course of a trace. */
    public long put(HasMetadata object, String traceparent) {
        return store(keyOf(Path.of(object)), Json.MAPPER.valueToTree(object), traceparent);
    }

    public long delete(Class<? extends HasMetadata> kind, String namespace, String name) {
        return remove(keyOf(Path.of(kind, namespace, name)));
    }

    /** Appends a record that loses: its {@code prev} does not hold. */
    public void putLosing(HasMetadata object) {
        append(keyOf(Path.of(object)), Json.write(object), 999_999, "");
    }

    /** Appends an object that no model can read. */
    public void putUnreadable(Class<? extends HasMetadata> kind, String namespace, String name) {
        ObjectKey key = keyOf(Path.of(kind, namespace, name));
        byte[] value = "{\"metadata\":[]}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        long version = append(key, value, held(key), "");
        objects.put(key.logKey(), new Held(key, version, value));
    }

    /** What the server holds; null if nothing. */
    public <T extends HasMetadata> @Nullable T get(Class<T> kind, String namespace, String name) {
        Held held = objects.get(keyOf(Path.of(kind, namespace, name)).logKey());
        return held == null ? null : Json.read(withVersion(held), kind);
    }

    /** All that the server holds of a kind, ordered by namespace and name. */
    public <T extends HasMetadata> List<T> list(Class<T> kind) {
        GroupResource resource = keyOf(Path.of(kind, "", "any")).resource();
        return objects.values().stream()
                .filter(held -> held.key().resource().equals(resource))
                .map(held -> Json.read(withVersion(held), kind))
                .toList();
    }

    @Override
    public Answer call(Call call) {
        failIfTold();
        calls.add(call);
        Answer answer = answer(call);
        if (losing) {
            losing = false;
            throw new StoreUnavailableException("the answer was lost", null);
        }
        return answer;
    }

    private Answer answer(Call call) {
        return switch (call.verb()) {
            case CREATE -> create(call);
            case UPDATE, PATCH -> change(call);
            case DELETE -> delete(call);
            case GET -> read(call);
            case LIST -> new Answer(200, Json.write(Json.MAPPER.createObjectNode()), version());
            case WATCH, DELETE_COLLECTION -> throw new UnsupportedOperationException();
        };
    }

    @Override
    public Snapshot snapshot(Set<GroupResource> resources) {
        failIfTold();
        List<Snapshot.Item> items =
                objects.values().stream()
                        .filter(held ->
                                resources.isEmpty() || resources.contains(held.key().resource()))
                        .map(held -> new Snapshot.Item(held.key(), held.version(), held.value()))
                        .toList();
        return new Snapshot(version(), items);
    }

    /** The resourceVersion of the newest record. */
    public long version() {
        return log.records().isEmpty() ? 0 : log.records().getLast().resourceVersion();
    }

    private Answer create(Call call) {
        ObjectNode json = tree(call.body());
        ObjectNode metadata = json.withObject("/metadata");
        if (!metadata.hasNonNull("name")) {
            metadata.put("name", metadata.path("generateName").asText() + (uids + 1));
        }
        ObjectKey key = key(call, metadata.path("name").asText());
        if (objects.containsKey(key.logKey())) {
            return refusal(409, "AlreadyExists", key + " already exists");
        }
        metadata.put("uid", "uid-" + ++uids);
        long version = store(key, json, call.origin().traceparent());
        return answer(objects.get(key.logKey()), 201, version);
    }

    private Answer change(Call call) {
        ObjectKey key = key(call, call.name());
        Held held = objects.get(key.logKey());
        if (held == null) {
            return refusal(404, "NotFound", key + " not found");
        }
        ObjectNode json = tree(call.body());
        String expected = json.path("metadata").path("resourceVersion").asText("");
        if (!expected.isEmpty() && !expected.equals(Long.toString(held.version()))) {
            return refusal(409, "Conflict", "the object has been modified");
        }
        ObjectNode next = call.verb() == Verb.PATCH ? merged(held, json) : json;
        long version = store(key, next, call.origin().traceparent());
        return answer(objects.get(key.logKey()), 200, version);
    }

    private Answer delete(Call call) {
        ObjectKey key = key(call, call.name());
        if (!objects.containsKey(key.logKey())) {
            return refusal(404, "NotFound", key + " not found");
        }
        long version = remove(key);
        return new Answer(
                200, Json.write(new StatusBuilder().withStatus("Success").build()), version);
    }

    private Answer read(Call call) {
        ObjectKey key = key(call, call.name());
        Held held = objects.get(key.logKey());
        return held == null
                ? refusal(404, "NotFound", key + " not found")
                : answer(held, 200, held.version());
    }

    private static Answer answer(@Nullable Held held, int code, long version) {
        return new Answer(code, held == null ? new byte[0] : withVersion(held), version);
    }

    private static Answer refusal(int code, String reason, String message) {
        Status status =
                new StatusBuilder()
                        .withStatus("Failure")
                        .withCode(code)
                        .withReason(reason)
                        .withMessage(message)
                        .build();
        return new Answer(code, Json.write(status), 0);
    }

    private long store(ObjectKey key, ObjectNode json, String traceparent) {
        json.withObject("/metadata").remove("resourceVersion");
        byte[] value = Json.write(json);
        long version = append(key, value, held(key), traceparent);
        objects.put(key.logKey(), new Held(key, version, value));
        return version;
    }

    private long remove(ObjectKey key) {
        long version = append(key, null, held(key), "");
        objects.remove(key.logKey());
        return version;
    }

    private long append(ObjectKey key, byte @Nullable [] value, long prev, String traceparent) {
        String id = "write-" + version();
        WriteHeader header =
                new WriteHeader(prev, id, "fake", List.of(), 0, traceparent, Instant.EPOCH);
        log.append(new Entry(key, value, header));
        return version();
    }

    private long held(ObjectKey key) {
        Held held = objects.get(key.logKey());
        return held == null ? 0 : held.version();
    }

    private void failIfTold() {
        if (failing > 0) {
            failing--;
            throw new StoreUnavailableException("told to fail", null);
        }
    }

    private static ObjectNode merged(Held held, JsonNode patch) {
        try {
            return Json.MAPPER.readerForUpdating(tree(held.value())).readValue(patch);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] withVersion(Held held) {
        ObjectNode json = tree(held.value());
        json.withObject("/metadata").put("resourceVersion", Long.toString(held.version()));
        return Json.write(json);
    }

    private static ObjectNode tree(byte[] json) {
        return Json.read(json, ObjectNode.class);
    }

    private static ObjectKey key(Call call, String name) {
        return new ObjectKey(
                new GroupResource(call.group(), call.resource()), call.namespace(), name);
    }

    private static ObjectKey keyOf(Path path) {
        return new ObjectKey(
                new GroupResource(path.group(), path.resource()), path.namespace(), path.name());
    }

    @SuppressWarnings("ArrayRecordComponent") // nobody compares these
    private record Held(ObjectKey key, long version, byte[] value) {}
}
