package dev.orrery.apiserver.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.body.Bodies;
import dev.orrery.apiserver.body.Decoded;
import dev.orrery.apiserver.conversion.Conversions;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.kind.Kinds;
import dev.orrery.apiserver.kind.Subresource;
import dev.orrery.apiserver.rules.Same;
import dev.orrery.schema.Schemas;
import dev.orrery.schema.StructType;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Makes of what users' admission changed what the pipeline goes on with. For any thread. */
public record Reshaping(Bodies bodies, Kinds kinds, Conversions conversions) {

    public static final String SCALE = "scale";

    /**
     * Makes of the object what was made of the view of it: in its stored version, checked by its
     * schema and with defaults.
     *
     * @param object that the request makes; is changed
     * @param made in the version of the kind
     * @return whether anything has changed
     * @throws dev.orrery.apiserver.status.StatusException where it is no object of the kind
     */
    public boolean take(ObjectNode object, ObjectNode made, Kind kind, String subresource) {
        if (subresource.equals(SCALE)) {
            int replicas = made.path("spec").path("replicas").asInt();
            ObjectNode spec = object.withObjectProperty("spec");
            boolean changed = spec.path("replicas").asInt() != replicas;
            spec.put("replicas", replicas);
            return changed;
        }
        ObjectNode settled = settle(made, kind, subresource);
        if (Same.same(settled, object)) {
            return false;
        }
        object.removeAll();
        object.setAll(settled);
        return true;
    }

    /**
     * As {@link #take}, where it may have been looked at in a version that only a webhook makes.
     *
     * @param own in whose version the object is
     */
    public CompletionStage<Boolean> take(
            ObjectNode object, ObjectNode made, Kind kind, String subresource, Kind own) {
        if (!Conversions.mayAsk(kind) || kind.equals(own) || subresource.equals(SCALE)) {
            return CompletableFuture.completedStage(take(object, made, kind, subresource));
        }
        ObjectNode settled = settle(made, kind, subresource);
        CompletionStage<ObjectNode> asked = conversions.converted(own, settled);
        return asked == null
                ? CompletableFuture.completedStage(take(object, settled, own, subresource))
                : asked.thenApply(converted -> take(object, converted, own, subresource));
    }

    private ObjectNode settle(ObjectNode object, Kind kind, String subresource) {
        Subresource part = ownPart(kind, subresource);
        if (part != null) {
            return bodies.check(object, part.apiVersion(), part.kind()).object();
        }
        if (kind.custom() != null) {
            ObjectNode checked =
                    kind.custom().bodies().check(object, kind.apiVersion(), kind.kind()).object();
            kind.rules().setDefaults(checked);
            return checked;
        }
        Decoded decoded = bodies.check(object, kind.apiVersion(), kind.kind());
        ObjectNode settled = decoded.object();
        kind.conversion().toStorage(settled);
        Kind stored = kinds.stored(kind.storage());
        Kind own = stored == null ? kind : stored;
        settled.put("kind", own.kind()).put("apiVersion", own.apiVersion());
        own.rules().setDefaults(settled);
        return settled;
    }

    /** What the fields of the object may be; null where that is not known. */
    public @Nullable StructType type(Kind kind, String subresource) {
        Subresource part = ownPart(kind, subresource);
        return part == null
                ? kind.type()
                : Schemas.kubernetes().kind(part.group(), part.version(), part.kind());
    }

    /** A sub-resource whose body is not the object itself. */
    private static @Nullable Subresource ownPart(Kind kind, String subresource) {
        for (Subresource part : kind.subresources()) {
            if (part.name().equals(subresource) && !part.kind().equals(kind.kind())) {
                return part;
            }
        }
        return null;
    }
}
