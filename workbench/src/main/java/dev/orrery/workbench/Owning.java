package dev.orrery.workbench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.orrery.machinery.log.LogRecord;
import dev.orrery.machinery.log.ObjectKey;
import dev.orrery.machinery.store.Json;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks that whoever is named as an owner is one: when a reference is written there is, or was, an
 * object of that uid, kind and name, and no object has two controlling owners.
 */
public final class Owning implements Invariant {

    private final Map<ObjectKey, Long> versions = new HashMap<>();
    private final Set<String> known = new HashSet<>();

    @Override
    public Optional<String> read(LogRecord record) {
        byte[] value = record.value();
        if (!record.takesEffect(versions.getOrDefault(record.key(), 0L)) || value == null) {
            versions.computeIfPresent(record.key(), (_, held) -> value == null ? 0 : held);
            return Optional.empty();
        }
        versions.put(record.key(), record.resourceVersion());
        JsonNode object = Json.read(value, JsonNode.class);
        known.add(
                identity(
                        object.path("kind"),
                        object.path("metadata").path("name"),
                        object.path("metadata").path("uid")));
        return check(object);
    }

    private Optional<String> check(JsonNode object) {
        int controllers = 0;
        for (JsonNode owner : object.path("metadata").path("ownerReferences")) {
            controllers += owner.path("controller").asBoolean() ? 1 : 0;
            if (!known.contains(
                    identity(owner.path("kind"), owner.path("name"), owner.path("uid")))) {
                return Optional.of("an owner is named that never was: " + owner);
            }
        }
        return controllers > 1 ? Optional.of("two owners control it") : Optional.empty();
    }

    private static String identity(JsonNode kind, JsonNode name, JsonNode uid) {
        return kind.asText() + " " + name.asText() + " " + uid.asText();
    }

    /** The reference to the owner that controls an object; a missing node if there is none. */
    static JsonNode controller(JsonNode object) {
        for (JsonNode owner : object.path("metadata").path("ownerReferences")) {
            if (owner.path("controller").asBoolean()) {
                return owner;
            }
        }
        return MissingNode.getInstance();
    }
}
