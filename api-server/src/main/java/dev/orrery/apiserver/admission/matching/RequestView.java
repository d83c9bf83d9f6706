package dev.orrery.apiserver.admission.matching;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.admission.Attributes;
import dev.orrery.apiserver.admission.Reshaping;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.kind.Conversion;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.kind.Subresource;
import dev.orrery.apiserver.user.User;
import org.jspecify.annotations.Nullable;

/** A request as policies and webhooks see it: {@code AdmissionRequest}. */
public final class RequestView {

    private RequestView() {}

    /**
     * Without uid and objects.
     *
     * @param kind the version as which the object is looked at
     */
    public static ObjectNode of(Attributes attributes, Kind kind) {
        ObjectNode request = Trees.object();
        request.set("kind", kind(kind, attributes.subresource()));
        request.set("resource", resource(kind));
        if (!attributes.subresource().isEmpty()) {
            request.put("subResource", attributes.subresource());
        }
        request.set("requestKind", kind(attributes.kind(), attributes.subresource()));
        request.set("requestResource", resource(attributes.kind()));
        if (!attributes.subresource().isEmpty()) {
            request.put("requestSubResource", attributes.subresource());
        }
        if (!attributes.name().isEmpty()) {
            request.put("name", attributes.name());
        }
        if (!attributes.namespace().isEmpty()) {
            request.put("namespace", attributes.namespace());
        }
        request.put("operation", attributes.operation().name());
        request.set("userInfo", user(attributes.user()));
        request.put("dryRun", attributes.dryRun());
        request.set("options", attributes.options().get());
        return request;
    }

    private static ObjectNode kind(Kind kind, String subresource) {
        for (Subresource part : kind.subresources()) {
            if (part.name().equals(subresource)) {
                return kind(part.group(), part.version(), part.kind());
            }
        }
        return kind(kind.group(), kind.version(), kind.kind());
    }

    private static ObjectNode kind(String group, String version, String kind) {
        return Trees.object().put("group", group).put("version", version).put("kind", kind);
    }

    private static ObjectNode resource(Kind kind) {
        return Trees.object()
                .put("group", kind.group())
                .put("version", kind.version())
                .put("resource", kind.plural());
    }

    private static ObjectNode user(User user) {
        ObjectNode info = Trees.object().put("username", user.name());
        if (!user.uid().isEmpty()) {
            info.put("uid", user.uid());
        }
        ArrayNode groups = info.putArray("groups");
        user.groups().forEach(groups::add);
        if (!user.extra().isEmpty()) {
            ObjectNode extra = info.putObject("extra");
            user.extra().forEach((key, values) -> values.forEach(extra.putArray(key)::add));
        }
        return info;
    }

    /** What the request makes, in a version. */
    public static @Nullable ObjectNode object(Attributes attributes, Kind kind) {
        return shown(attributes, attributes.object(), kind);
    }

    /** What there was, in a version. */
    public static @Nullable ObjectNode old(Attributes attributes, Kind kind) {
        return shown(attributes, attributes.old(), kind);
    }

    private static @Nullable ObjectNode shown(
            Attributes attributes, @Nullable ObjectNode stored, Kind kind) {
        return stored != null && attributes.subresource().equals(Reshaping.SCALE)
                ? ScaleView.of(stored)
                : inVersion(stored, kind);
    }

    /** In a version; the object itself where it is stored in that one. */
    public static @Nullable ObjectNode inVersion(@Nullable ObjectNode stored, Kind kind) {
        if (stored == null || kind.conversion().equals(Conversion.NONE)) {
            return stored;
        }
        ObjectNode shown = stored.deepCopy();
        kind.conversion().fromStorage(shown);
        shown.put("kind", kind.kind()).put("apiVersion", kind.apiVersion());
        return shown;
    }
}
