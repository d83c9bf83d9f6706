package dev.orrery.apiserver.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.pipeline.Change.Next;
import dev.orrery.apiserver.request.ApiRequest;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.apiserver.store.Stored;
import java.util.function.Function;

/** Stored objects as trees in the version of a request, and the other way round. */
public final class Draft {

    private Draft() {}

    /** In the version that a write works on, with its resourceVersion; the caller's own. */
    public static ObjectNode current(Stored stored, Kind kind) {
        return kind.custom() == null ? stored(stored) : asRequested(stored, kind);
    }

    /** In the stored version, with its resourceVersion; the caller's own. */
    public static ObjectNode stored(Stored stored) {
        ObjectNode object = Trees.read(stored.value());
        object.withObjectProperty("metadata")
                .put("resourceVersion", Long.toString(stored.resourceVersion()));
        return object;
    }

    /** In the version of the request, with its resourceVersion; the caller's own. */
    public static ObjectNode asRequested(Stored stored, Kind kind) {
        ObjectNode object = stored(stored);
        kind.conversion().fromStorage(object);
        return object;
    }

    /** From the request's version into the one that a write works on. Changes the object. */
    static void convert(ObjectNode object, Kind kind) {
        if (kind.custom() == null) {
            kind.conversion().toStorage(object);
        }
    }

    /** Names kind and version, as stored objects do. */
    public static void name(ObjectNode object, Kind kind) {
        object.put("kind", kind.kind()).put("apiVersion", kind.apiVersion());
    }

    /**
     * As it goes into the log.
     *
     * @param object is changed
     * @param next what becomes of it
     */
    static Next put(World world, Kind kind, ObjectNode object, Function<byte[], Next> next) {
        return Next.with(
                world.conversions().stored(kind, object),
                object,
                stored -> next.apply(last(world, kind, stored)));
    }

    /** As it was last, of which nothing is kept: in whichever version. Changes the object. */
    static byte[] last(World world, Kind kind, ObjectNode object) {
        if (kind.custom() == null) {
            return store(world, object);
        }
        kind.conversion().toStorage(object);
        return Trees.store(object);
    }

    /** As it goes into the log, of a built-in kind. */
    public static byte[] store(World world, ObjectNode object) {
        world.bodies()
                .complete(object, object.path("apiVersion").asText(), object.path("kind").asText());
        return Trees.store(object);
    }

    /** Refuses an object that something is wrong with. */
    public static void refuse(FieldErrors errors, Kind kind, String name) {
        if (!errors.isEmpty()) {
            throw Refusals.invalid(kind.group(), kind.kind(), name, errors.all());
        }
    }

    /** Makes the body agree with the path about the namespace, or refuses. */
    public static void placeInNamespace(ObjectNode object, ApiRequest request) {
        ObjectNode metadata = object.withObjectProperty("metadata");
        String named = metadata.path("namespace").asText("");
        if (!request.kind().namespaced()) {
            metadata.remove("namespace");
            return;
        }
        if (named.isEmpty()) {
            metadata.put("namespace", request.namespace());
        } else if (!named.equals(request.namespace())) {
            throw Refusals.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the"
                            + " request");
        }
    }

    /** Takes over a part from another version, or takes it away. */
    public static void copy(String field, ObjectNode to, ObjectNode from) {
        JsonNode value = from.get(field);
        if (value == null) {
            to.remove(field);
        } else {
            to.set(field, value);
        }
    }
}
