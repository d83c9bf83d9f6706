package dev.orrery.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.machinery.log.Entry;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.MemoryLog;
import dev.orrery.machinery.log.ObjectKey;
import dev.orrery.machinery.log.WriteHeader;
import dev.orrery.machinery.store.Answer;
import dev.orrery.machinery.store.Call;
import dev.orrery.machinery.store.Json;
import dev.orrery.machinery.store.Snapshot;
import dev.orrery.machinery.store.StoreUnavailableException;
import dev.orrery.machinery.store.Transport;
import dev.orrery.machinery.time.Clock;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * As much of an api-server as a kubelet needs, on a log in memory: objects, uids, versions,
 * generations, graceful deletion of pods, and strategic merge of the lists that kubelets write.
 */
final class FakeApi implements Transport {

    private record Version(long resourceVersion, ObjectNode object) {}

    private static final Map<String, String> MERGE_KEYS =
            Map.of("conditions", "type", "podIPs", "ip", "hostIPs", "ip", "addresses", "type");

    private final Map<ObjectKey, Version> objects =
            new TreeMap<>(Comparator.comparing(ObjectKey::logKey));
    private final MemoryLog log;
    private final Clock clock;
    private final List<Call> writes = new ArrayList<>();
    private long resourceVersion;
    private boolean away;

    FakeApi(Clock clock, Executor executor) {
        this.clock = clock;
        this.log = new MemoryLog(executor);
    }

    MemoryLog log() {
        return log;
    }

    /** All that was written through this transport. */
    List<Call> writes() {
        return List.copyOf(writes);
    }

    void setAway(boolean isAway) {
        away = isAway;
    }

    @Override
    public Answer call(Call call) {
        if (away) {
            throw new StoreUnavailableException("away", null);
        }
        GroupResource resource = new GroupResource(call.group(), call.resource());
        return switch (call.verb()) {
            case GET -> answer(find(new ObjectKey(resource, call.namespace(), call.name())));
            case CREATE -> create(resource, call);
            case UPDATE -> update(resource, call);
            case PATCH -> patch(resource, call);
            case DELETE -> delete(resource, call);
            case LIST, WATCH, DELETE_COLLECTION ->
                    throw new UnsupportedOperationException(call.verb().toString());
        };
    }

    @Override
    public Snapshot snapshot(Set<GroupResource> resources) {
        List<Snapshot.Item> items = new ArrayList<>();
        objects.forEach((key, version) -> {
            if (resources.contains(key.resource())) {
                items.add(
                        new Snapshot.Item(
                                key, version.resourceVersion(), Json.write(version.object())));
            }
        });
        return new Snapshot(resourceVersion, items);
    }

    /** Puts an object there as a user or another component would. */
    <T extends HasMetadata> T put(T object) {
        ObjectNode json = Json.MAPPER.valueToTree(object);
        ObjectKey key = key(object);
        Version before = objects.get(key);
        if (before == null) {
            begin(json);
        } else {
            json.withObject("/metadata").set("uid", before.object().at("/metadata/uid"));
        }
        write(key, json);
        return get(object);
    }

    <T extends HasMetadata> @Nullable T find(Class<T> kind, String namespace, String name) {
        Version version = objects.get(key(kind, namespace, name));
        return version == null ? null : Json.convert(whole(version), kind);
    }

    <T extends HasMetadata> T read(Class<T> kind, String namespace, String name) {
        return java.util.Objects.requireNonNull(find(kind, namespace, name), name);
    }

    /** As a user deletes: pods gracefully, the rest at once. */
    void delete(Class<? extends HasMetadata> kind, String namespace, String name, long grace) {
        ObjectKey key = key(kind, namespace, name);
        Version version = objects.get(key);
        if (version == null) {
            throw new IllegalStateException("nothing to delete at " + key);
        }
        beginDeletion(key, version, grace);
    }

    private Answer create(GroupResource resource, Call call) {
        ObjectNode object = Json.read(call.body(), ObjectNode.class);
        ObjectKey key =
                new ObjectKey(resource, call.namespace(), object.at("/metadata/name").asText());
        if (objects.containsKey(key)) {
            return refusal(409, "AlreadyExists");
        }
        writes.add(call);
        begin(object);
        return answer(write(key, object));
    }

    private Answer update(GroupResource resource, Call call) {
        ObjectKey key = new ObjectKey(resource, call.namespace(), call.name());
        ObjectNode object = Json.read(call.body(), ObjectNode.class);
        Version version = find(key);
        if (version == null) {
            return refusal(404, "NotFound");
        }
        if (object.at("/metadata/resourceVersion").asLong() != version.resourceVersion()) {
            return refusal(409, "Conflict");
        }
        writes.add(call);
        return answer(write(key, object));
    }

    private Answer patch(GroupResource resource, Call call) {
        ObjectKey key = new ObjectKey(resource, call.namespace(), call.name());
        Version version = find(key);
        if (version == null) {
            return refusal(404, "NotFound");
        }
        ObjectNode patch = Json.read(call.body(), ObjectNode.class);
        JsonNode uid = patch.at("/metadata/uid");
        if (!uid.isMissingNode() && !uid.equals(version.object().at("/metadata/uid"))) {
            return refusal(409, "Conflict");
        }
        writes.add(call);
        ObjectNode object = version.object().deepCopy();
        merge(object, patch);
        return answer(write(key, object));
    }

    private Answer delete(GroupResource resource, Call call) {
        ObjectKey key = new ObjectKey(resource, call.namespace(), call.name());
        Version version = find(key);
        if (version == null) {
            return refusal(404, "NotFound");
        }
        JsonNode options = Json.read(call.body(), JsonNode.class);
        JsonNode uid = options.at("/preconditions/uid");
        if (!uid.isMissingNode() && !uid.equals(version.object().at("/metadata/uid"))) {
            return refusal(409, "Conflict");
        }
        writes.add(call);
        beginDeletion(key, version, options.path("gracePeriodSeconds").asLong(30));
        return answer(version);
    }

    private void beginDeletion(ObjectKey key, Version version, long grace) {
        boolean bound =
                key.resource().resource().equals("pods")
                        && !version.object().at("/spec/nodeName").asText().isEmpty();
        if (bound && grace > 0) {
            ObjectNode object = version.object().deepCopy();
            object.withObject("/metadata")
                    .put("deletionTimestamp", clock.instant().plusSeconds(grace).toString())
                    .put("deletionGracePeriodSeconds", grace);
            write(key, object);
        } else {
            append(key, null);
            objects.remove(key);
        }
    }

    private void begin(ObjectNode object) {
        object.withObject("/metadata")
                .put("uid", "uid-" + (resourceVersion + 1))
                .put("generation", 1)
                .put("creationTimestamp", clock.instant().toString());
    }

    private Version write(ObjectKey key, ObjectNode object) {
        object.withObject("/metadata").remove("resourceVersion");
        append(key, object);
        Version version = new Version(resourceVersion, object);
        objects.put(key, version);
        return version;
    }

    private void append(ObjectKey key, @Nullable ObjectNode object) {
        Version before = objects.get(key);
        resourceVersion++;
        WriteHeader header =
                new WriteHeader(
                        before == null ? 0 : before.resourceVersion(),
                        "write-" + resourceVersion,
                        "test",
                        List.of(),
                        0,
                        "",
                        clock.instant());
        log.append(new Entry(key, object == null ? null : Json.write(object), header));
    }

    private static void merge(ObjectNode target, JsonNode patch) {
        patch.properties()
                .forEach(entry -> {
                    String name = entry.getKey();
                    JsonNode value = entry.getValue();
                    if (value.isNull()) {
                        target.remove(name);
                    } else if (value.isArray() && MERGE_KEYS.containsKey(name)) {
                        mergeList(target.withArray(name), value, MERGE_KEYS.get(name));
                    } else if (value.isObject() && target.path(name).isObject()) {
                        merge((ObjectNode) target.get(name), value);
                    } else {
                        target.set(name, value);
                    }
                });
    }

    private static void mergeList(ArrayNode list, JsonNode patch, String mergeKey) {
        for (JsonNode item : patch) {
            if (item.path("$patch").asText().equals("replace")) {
                list.removeAll();
                continue;
            }
            ObjectNode old = null;
            for (JsonNode each : list) {
                if (each.path(mergeKey).equals(item.path(mergeKey))) {
                    old = (ObjectNode) each;
                }
            }
            if (item.path("$patch").asText().equals("delete")) {
                removeFrom(list, old);
            } else if (old == null) {
                list.add(item.deepCopy());
            } else {
                merge(old, item);
            }
        }
    }

    private static void removeFrom(ArrayNode list, @Nullable JsonNode item) {
        for (int i = list.size() - 1; i >= 0; i--) {
            if (list.get(i).equals(item)) {
                list.remove(i);
            }
        }
    }

    private @Nullable Version find(ObjectKey key) {
        return objects.get(key);
    }

    private static ObjectNode whole(Version version) {
        ObjectNode object = version.object().deepCopy();
        object.withObject("/metadata")
                .put("resourceVersion", Long.toString(version.resourceVersion()));
        return object;
    }

    private static Answer answer(@Nullable Version version) {
        return version == null
                ? refusal(404, "NotFound")
                : new Answer(200, Json.write(whole(version)), version.resourceVersion());
    }

    private static Answer refusal(int code, String reason) {
        String status =
                "{\"kind\":\"Status\",\"status\":\"Failure\",\"code\":%d,\"reason\":\"%s\",\"message\":\"%s\"}"
                        .formatted(code, reason, reason);
        return new Answer(code, status.getBytes(java.nio.charset.StandardCharsets.UTF_8), 0);
    }

    @SuppressWarnings("unchecked")
    private <T extends HasMetadata> T get(T object) {
        Version version = objects.get(key(object));
        if (version == null) {
            throw new IllegalStateException("not there: " + key(object));
        }
        return Json.convert(whole(version), (Class<T>) object.getClass());
    }

    private static ObjectKey key(HasMetadata object) {
        String namespace = object.getMetadata().getNamespace();
        return key(
                object.getClass(),
                namespace == null ? "" : namespace,
                object.getMetadata().getName());
    }

    private static ObjectKey key(Class<? extends HasMetadata> kind, String namespace, String name) {
        return new ObjectKey(
                new GroupResource(HasMetadata.getGroup(kind), HasMetadata.getPlural(kind)),
                namespace,
                name);
    }
}
