package dev.orrery.kubelet.sample;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** The objects of the sample API server, as long as it lives. Used by one task. */
final class SampleStore {

    /** Of what a suite makes a handful, a container keeps no more than it has memory for. */
    private static final int MOST_OBJECTS = 10_000;

    private static final String METADATA = "metadata";
    private static final String VERSION = "resourceVersion";

    private record Key(SampleKind kind, String namespace, String name) implements Comparable<Key> {

        @Override
        public int compareTo(Key other) {
            int byKind = kind.compareTo(other.kind);
            int byNamespace = namespace.compareTo(other.namespace);
            return byKind != 0
                    ? byKind
                    : byNamespace != 0 ? byNamespace : name.compareTo(other.name);
        }
    }

    private final Map<Key, ObjectNode> objects = new TreeMap<>();
    private final RandomGenerator random;
    private long version = 1;

    SampleStore(RandomGenerator random) {
        this.random = random;
    }

    private static Key key(SampleKind kind, String namespace, String name) {
        if (kind.namespaced() == namespace.isEmpty()) {
            throw Refusal.noSuchPath();
        }
        return new Key(kind, namespace, name);
    }

    ObjectNode get(SampleKind kind, String namespace, String name) {
        ObjectNode found = objects.get(key(kind, namespace, name));
        if (found == null) {
            throw Refusal.notFound(kind, name);
        }
        return found;
    }

    ObjectNode list(SampleKind kind, String namespace, SampleSelector selector) {
        return list(kind, selected(kind, namespace, selector));
    }

    private ObjectNode list(SampleKind kind, List<ObjectNode> found) {
        ObjectNode list =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("kind", kind.title() + "List")
                        .put("apiVersion", SampleDiscovery.API_VERSION);
        list.putObject(METADATA).put(VERSION, Long.toString(version));
        ArrayNode items = list.putArray("items");
        found.forEach(items::add);
        return list;
    }

    private List<ObjectNode> selected(SampleKind kind, String namespace, SampleSelector selector) {
        List<ObjectNode> found = new ArrayList<>();
        objects.forEach((key, object) -> {
            boolean here = namespace.isEmpty() || key.namespace().equals(namespace);
            if (key.kind() == kind && here && selector.matches(object)) {
                found.add(object);
            }
        });
        return found;
    }

    ObjectNode create(SampleKind kind, String namespace, ObjectNode given, Instant now) {
        ObjectNode object = checked(kind, given);
        ObjectNode metadata = object.withObjectProperty(METADATA);
        String base = metadata.path("generateName").asText("");
        if (metadata.path("name").asText("").isEmpty() && !base.isEmpty()) {
            metadata.put("name", base + Integer.toString(random.nextInt(1 << 25), 36));
        }
        String name = metadata.path("name").asText("");
        if (name.isEmpty()) {
            throw new Refusal(
                    422,
                    "Invalid",
                    kind.title()
                            + "."
                            + SampleDiscovery.GROUP
                            + " \"\" is invalid: metadata.name: Required value: name or"
                            + " generateName is required");
        }
        forbidBanned(kind, name);
        Key key = key(kind, namespace, name);
        if (objects.containsKey(key)) {
            throw new Refusal(409, "AlreadyExists", Refusal.which(kind, name) + "already exists");
        }
        if (objects.size() >= MOST_OBJECTS) {
            throw new Refusal(507, "InternalError", "there is no room for more objects");
        }
        if (kind.namespaced()) {
            metadata.put("namespace", namespace);
        }
        metadata.put("uid", new UUID(random.nextLong(), random.nextLong()).toString())
                .put("creationTimestamp", now.truncatedTo(ChronoUnit.SECONDS).toString());
        return put(key, object);
    }

    /** A fischer says which flunders nobody may make. */
    private void forbidBanned(SampleKind kind, String name) {
        if (kind != SampleKind.FLUNDER) {
            return;
        }
        for (ObjectNode fischer : selected(SampleKind.FISCHER, "", SampleSelector.of(""))) {
            for (JsonNode banned : fischer.path("disallowedFlunders")) {
                if (banned.asText("").equals(name)) {
                    throw new Refusal(
                            403,
                            "Forbidden",
                            Refusal.which(kind, name)
                                    + "is forbidden: this name may not be used, please change the"
                                    + " resource name");
                }
            }
        }
    }

    private static ObjectNode checked(SampleKind kind, ObjectNode given) {
        String apiVersion = given.path("apiVersion").asText(SampleDiscovery.API_VERSION);
        String title = given.path("kind").asText(kind.title());
        if (!apiVersion.equals(SampleDiscovery.API_VERSION) || !title.equals(kind.title())) {
            throw new Refusal(
                    400,
                    "BadRequest",
                    "no kind \"" + title + "\" is registered for version \"" + apiVersion + "\"");
        }
        ObjectNode object =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("kind", kind.title())
                        .put("apiVersion", SampleDiscovery.API_VERSION);
        object.setAll(given);
        object.withObjectProperty(METADATA);
        if (kind == SampleKind.FLUNDER) {
            object.withObjectProperty("spec");
            object.withObjectProperty("status");
        }
        return object;
    }

    private ObjectNode put(Key key, ObjectNode object) {
        object.withObjectProperty(METADATA).put(VERSION, Long.toString(++version));
        objects.put(key, object);
        return object;
    }

    ObjectNode update(SampleKind kind, String namespace, String name, ObjectNode given) {
        ObjectNode old = get(kind, namespace, name);
        ObjectNode object = checked(kind, given);
        ObjectNode metadata = object.withObjectProperty(METADATA);
        String seen = metadata.path(VERSION).asText("");
        if (!seen.isEmpty() && !seen.equals(old.path(METADATA).path(VERSION).asText())) {
            throw new Refusal(
                    409,
                    "Conflict",
                    "Operation cannot be fulfilled on "
                            + Refusal.which(kind, name).strip()
                            + ": the object has been modified; please apply your changes to the"
                            + " latest version and try again");
        }
        for (String kept : List.of("name", "namespace", "uid", "creationTimestamp")) {
            JsonNode value = old.path(METADATA).get(kept);
            if (value != null) {
                metadata.set(kept, value);
            }
        }
        return put(key(kind, namespace, name), object);
    }

    ObjectNode patch(SampleKind kind, String namespace, String name, ObjectNode patch) {
        ObjectNode object = get(kind, namespace, name).deepCopy();
        merge(object, patch);
        return update(kind, namespace, name, object);
    }

    private static void merge(ObjectNode object, ObjectNode patch) {
        patch.properties()
                .forEach(entry -> {
                    JsonNode value = entry.getValue();
                    if (value.isNull()) {
                        object.remove(entry.getKey());
                    } else if (value instanceof ObjectNode inner
                            && object.get(entry.getKey()) instanceof ObjectNode old) {
                        merge(old, inner);
                    } else {
                        object.set(entry.getKey(), value);
                    }
                });
    }

    ObjectNode delete(SampleKind kind, String namespace, String name) {
        ObjectNode gone = get(kind, namespace, name);
        objects.remove(key(kind, namespace, name));
        version++;
        ObjectNode status =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("kind", "Status")
                        .put("apiVersion", "v1")
                        .put("status", "Success");
        status.putObject(METADATA);
        status.putObject("details")
                .put("name", name)
                .put("group", SampleDiscovery.GROUP)
                .put("kind", kind.plural())
                .put("uid", gone.path(METADATA).path("uid").asText());
        return status;
    }

    ObjectNode deleteAll(SampleKind kind, String namespace, SampleSelector selector) {
        List<ObjectNode> gone = selected(kind, namespace, selector);
        for (ObjectNode object : gone) {
            objects.remove(
                    new Key(
                            kind,
                            object.path(METADATA).path("namespace").asText(""),
                            object.path(METADATA).path("name").asText()));
            version++;
        }
        return list(kind, gone);
    }
}
