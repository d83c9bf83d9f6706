package dev.orrery.controllermanager.cluster;

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
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * As much of an api-server as control loops need: versions, generations, finalizers, status apart
 * from spec. It knows no kind; every write goes into the log.
 */
public final class FakeApi implements Transport {

    private static final String DELETE_FROM = "$deleteFromPrimitiveList/";

    private record Held(long resourceVersion, ObjectNode value) {}

    private final TreeMap<String, Held> objects = new TreeMap<>();
    private final MemoryLog log;
    private final InstantSource clock;
    private final List<Call> writes = new ArrayList<>();
    private Function<Call, @Nullable Answer> refusal = _ -> null;
    private Predicate<Call> loseAnswer = _ -> false;
    private long version;
    private int names;

    FakeApi(MemoryLog log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    /** Every write so far, refused ones too. */
    public List<Call> writes() {
        return List.copyOf(writes);
    }

    /** Calls for which this answers something are refused with it. */
    public void refuse(Function<Call, @Nullable Answer> refusal) {
        this.refusal = refusal;
    }

    /** These calls are carried out, and their callers never learn of it. */
    public void loseAnswers(Predicate<Call> lost) {
        this.loseAnswer = lost;
    }

    public static Answer status(int code, String reason, String message) {
        ObjectNode status = Json.MAPPER.createObjectNode();
        status.put("kind", "Status").put("apiVersion", "v1").put("status", "Failure");
        status.put("code", code).put("reason", reason).put("message", message);
        return new Answer(code, Json.write(status), 0);
    }

    @Override
    public Answer call(Call call) {
        boolean reads =
                switch (call.verb()) {
                    case GET, LIST, WATCH -> true;
                    default -> false;
                };
        if (!reads) {
            writes.add(call);
            Answer refused = refusal.apply(call);
            if (refused != null) {
                return refused;
            }
        }
        Answer answer = answer(call);
        if (loseAnswer.test(call)) {
            throw new StoreUnavailableException("no answer", null);
        }
        return answer;
    }

    @Override
    public Snapshot snapshot(Set<GroupResource> resources) {
        List<Snapshot.Item> items = new ArrayList<>();
        objects.forEach((key, held) -> {
            ObjectKey parsed = ObjectKey.parse(key);
            if (resources.isEmpty() || resources.contains(parsed.resource())) {
                items.add(
                        new Snapshot.Item(
                                parsed, held.resourceVersion(), Json.write(held.value())));
            }
        });
        return new Snapshot(version, items);
    }

    private Answer answer(Call call) {
        return switch (call.verb()) {
            case CREATE -> call.subresource().isEmpty() ? create(call) : ok(version);
            case GET -> withHeld(call, held -> get(call, held));
            case LIST -> list(call);
            case UPDATE -> withHeld(call, held -> update(call, held, read(call)));
            case PATCH -> withHeld(call, held -> patch(call, held));
            case DELETE -> withHeld(call, held -> delete(call, held));
            case DELETE_COLLECTION -> deleteCollection(call);
            case WATCH -> throw new UnsupportedOperationException("watch");
        };
    }

    private Answer get(Call call, Held held) {
        return call.subresource().equals("scale")
                ? new Answer(
                        200, Json.write(FakeScale.of(withVersion(held))), held.resourceVersion())
                : ok(held);
    }

    private Answer create(Call call) {
        ObjectNode object = read(call);
        ObjectNode metadata = object.withObject("/metadata");
        if (!metadata.hasNonNull("name")) {
            metadata.put(
                    "name", metadata.path("generateName").asText() + "%05d".formatted(names++));
        }
        metadata.put("uid", "uid-" + (version + 1));
        metadata.put("generation", 1);
        metadata.put("creationTimestamp", now());
        String key = key(call, metadata.path("name").asText());
        if (objects.containsKey(key)) {
            return status(
                    409,
                    "AlreadyExists",
                    "%s \"%s\" already exists"
                            .formatted(call.resource(), metadata.path("name").asText()));
        }
        return put(key, object);
    }

    private Answer update(Call call, Held held, ObjectNode wanted) {
        String expected = wanted.path("metadata").path("resourceVersion").asText("");
        if (!expected.isEmpty() && !expected.equals(Long.toString(held.resourceVersion()))) {
            return status(409, "Conflict", "the object has been modified");
        }
        ObjectNode next = held.value().deepCopy();
        if (call.subresource().equals("scale")) {
            next.withObject("/spec").set("replicas", wanted.path("spec").path("replicas"));
        } else if (call.subresource().equals("status")) {
            next.set("status", wanted.path("status"));
        } else if (call.subresource().equals("finalize")) {
            next.set("spec", wanted.path("spec"));
            return finalized(call, next);
        } else {
            JsonNode status = next.path("status");
            next = wanted.deepCopy();
            if (!status.isMissingNode()) {
                next.set("status", status);
            }
            keepMetadata(next, held.value());
        }
        return store(call, held, next);
    }

    private Answer finalized(Call call, ObjectNode next) {
        boolean free = next.path("spec").path("finalizers").isEmpty();
        boolean deleting = next.path("metadata").has("deletionTimestamp");
        String key = key(call, call.name());
        return free && deleting ? remove(key) : put(key, next);
    }

    private static void keepMetadata(ObjectNode next, ObjectNode held) {
        for (String field :
                List.of("uid", "creationTimestamp", "deletionTimestamp", "generation")) {
            JsonNode value = held.path("metadata").path(field);
            if (!value.isMissingNode()) {
                next.withObject("/metadata").set(field, value);
            }
        }
    }

    private Answer store(Call call, Held held, ObjectNode next) {
        next.withObject("/metadata").remove("resourceVersion");
        if (next.equals(held.value())) {
            return ok(held);
        }
        if (!next.path("spec").equals(held.value().path("spec"))) {
            long generation = held.value().path("metadata").path("generation").asLong(1);
            next.withObject("/metadata").put("generation", generation + 1);
        }
        boolean deleting = next.path("metadata").has("deletionTimestamp");
        boolean free =
                next.path("metadata").path("finalizers").isEmpty()
                        && next.path("spec").path("finalizers").isEmpty();
        String key = key(call, call.name());
        return deleting && free && !graceful(next) ? remove(key) : put(key, next);
    }

    private static boolean graceful(ObjectNode object) {
        return object.path("metadata").path("deletionGracePeriodSeconds").asLong(0) > 0;
    }

    private Answer patch(Call call, Held held) {
        ObjectNode patch = read(call);
        String uid = patch.path("metadata").path("uid").asText("");
        if (!uid.isEmpty() && !uid.equals(held.value().path("metadata").path("uid").asText())) {
            return status(409, "Conflict", "Precondition failed: UID in precondition");
        }
        ObjectNode next = held.value().deepCopy();
        boolean strategic = call.contentType().contains("strategic");
        merge(next, patch, strategic);
        return store(call, held, next);
    }

    private static void merge(ObjectNode target, ObjectNode patch, boolean strategic) {
        patch.properties()
                .forEach(field -> {
                    JsonNode value = field.getValue();
                    String name = field.getKey();
                    if (value.isNull()) {
                        target.remove(name);
                    } else if (value.isObject()) {
                        merge(
                                target.withObject("/" + name.replace("~", "~0").replace("/", "~1")),
                                (ObjectNode) value,
                                strategic);
                    } else if (strategic && name.equals("ownerReferences")) {
                        mergeOwners(target.withArray(name), (ArrayNode) value);
                    } else if (strategic && name.equals("finalizers")) {
                        value.forEach(target.withArray(name)::add);
                    } else if (strategic && name.startsWith(DELETE_FROM)) {
                        removeAll(target.path(name.substring(DELETE_FROM.length())), value);
                    } else {
                        target.set(name, value);
                    }
                });
    }

    private static void removeAll(JsonNode list, JsonNode gone) {
        for (int i = list.size() - 1; i >= 0; i--) {
            for (JsonNode value : gone) {
                if (value.equals(list.path(i))) {
                    ((ArrayNode) list).remove(i);
                }
            }
        }
    }

    private static void mergeOwners(ArrayNode owners, ArrayNode patch) {
        for (JsonNode change : patch) {
            for (int i = owners.size() - 1; i >= 0; i--) {
                if (owners.get(i).path("uid").equals(change.path("uid"))) {
                    owners.remove(i);
                }
            }
            if (!change.has("$patch")) {
                owners.add(change);
            }
        }
    }

    private Answer delete(Call call, Held held) {
        JsonNode options = call.body().length == 0 ? Json.MAPPER.createObjectNode() : read(call);
        JsonNode wanted = options.path("preconditions");
        if (wanted.has("uid")
                && !wanted.path("uid").equals(held.value().path("metadata").path("uid"))) {
            return status(409, "Conflict", "Precondition failed: UID in precondition");
        }
        ObjectNode next = held.value().deepCopy();
        ObjectNode metadata = next.withObject("/metadata");
        switch (options.path("propagationPolicy").asText("")) {
            case "Foreground" -> metadata.withArray("finalizers").add("foregroundDeletion");
            case "Orphan" -> metadata.withArray("finalizers").add("orphan");
            default -> {}
        }
        String key = key(call, call.name());
        long grace = options.path("gracePeriodSeconds").asLong(podGrace(call, next));
        if (metadata.path("finalizers").isEmpty()
                && next.path("spec").path("finalizers").isEmpty()
                && grace == 0) {
            return remove(key);
        }
        if (!metadata.has("deletionTimestamp")) {
            metadata.put("deletionTimestamp", now());
            metadata.put("deletionGracePeriodSeconds", grace);
        } else if (grace == 0) {
            metadata.put("deletionGracePeriodSeconds", 0);
        }
        next.withObject("/metadata");
        return next.equals(held.value()) ? ok(held) : put(key, next);
    }

    /** A pod that runs on a node ends gracefully. */
    private static long podGrace(Call call, ObjectNode object) {
        boolean running = object.path("spec").hasNonNull("nodeName");
        return call.resource().equals("pods") && running ? 30 : 0;
    }

    private Answer deleteCollection(Call call) {
        for (String key : List.copyOf(objects.keySet())) {
            ObjectKey parsed = ObjectKey.parse(key);
            if (parsed.namespace().equals(call.namespace())
                    && parsed.resource().equals(resource(call))) {
                Held held = objects.getOrDefault(key, new Held(0, Json.MAPPER.createObjectNode()));
                Call one =
                        new Call(
                                call.verb(),
                                call.group(),
                                call.version(),
                                call.resource(),
                                "",
                                call.namespace(),
                                parsed.name(),
                                call.body(),
                                call.contentType(),
                                call.options(),
                                "",
                                call.origin());
                delete(one, held);
            }
        }
        return ok(version);
    }

    private Answer list(Call call) {
        ObjectNode list = Json.MAPPER.createObjectNode();
        ArrayNode items = list.putArray("items");
        objects.forEach((key, held) -> {
            ObjectKey parsed = ObjectKey.parse(key);
            if (parsed.resource().equals(resource(call))
                    && (call.namespace().isEmpty()
                            || call.namespace().equals(parsed.namespace()))) {
                items.add(withVersion(held));
            }
        });
        return new Answer(200, Json.write(list), version);
    }

    private Answer withHeld(Call call, Function<Held, Answer> action) {
        Held held = objects.get(key(call, call.name()));
        return held == null
                ? status(
                        404,
                        "NotFound",
                        "%s \"%s\" not found".formatted(call.resource(), call.name()))
                : action.apply(held);
    }

    private Answer put(String key, ObjectNode value) {
        value.withObject("/metadata").remove("resourceVersion");
        append(key, Json.write(value));
        Held held = new Held(version, value);
        objects.put(key, held);
        return ok(held);
    }

    private Answer remove(String key) {
        append(key, null);
        objects.remove(key);
        return new Answer(200, "{}".getBytes(StandardCharsets.UTF_8), version);
    }

    private void append(String key, byte @Nullable [] value) {
        Held held = objects.get(key);
        long prev = held == null ? 0 : held.resourceVersion();
        version++;
        WriteHeader header =
                new WriteHeader(prev, "w" + version, "test", List.of(), 0, "", clock.instant());
        log.append(new Entry(ObjectKey.parse(key), value, header));
    }

    private Answer ok(Held held) {
        return new Answer(200, Json.write(withVersion(held)), held.resourceVersion());
    }

    private static Answer ok(long version) {
        return new Answer(200, "{}".getBytes(StandardCharsets.UTF_8), version);
    }

    private static ObjectNode withVersion(Held held) {
        ObjectNode object = held.value().deepCopy();
        object.withObject("/metadata")
                .put("resourceVersion", Long.toString(held.resourceVersion()));
        return object;
    }

    private static ObjectNode read(Call call) {
        return Json.read(call.body(), ObjectNode.class);
    }

    private static GroupResource resource(Call call) {
        return new GroupResource(call.group(), call.resource());
    }

    private static String key(Call call, String name) {
        return new ObjectKey(resource(call), call.namespace(), name).logKey();
    }

    private String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
