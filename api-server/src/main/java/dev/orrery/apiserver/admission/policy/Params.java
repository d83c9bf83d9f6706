package dev.orrery.apiserver.admission.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.admission.Attributes;
import dev.orrery.apiserver.admission.matching.RequestView;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.kind.Kinds;
import dev.orrery.apiserver.rules.Labels;
import dev.orrery.apiserver.store.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The parameters with which a binding has its policy evaluated: once for each. */
final class Params {

    private Params() {}

    /** Why there are none that could be used. */
    static final class Fault extends Exception {

        Fault(String message) {
            super(message, null, false, false);
        }

        String text() {
            return String.valueOf(getMessage());
        }
    }

    /** One empty one where policy or binding know nothing of parameters. */
    static List<Optional<JsonNode>> of(
            Definition policy, Binding binding, Attributes attributes, Kinds kinds) throws Fault {
        JsonNode reference = binding.paramRef();
        if (!policy.paramKind().isObject() || !reference.isObject()) {
            return List.of(Optional.empty());
        }
        Kind kind = kind(policy.paramKind(), kinds);
        if (kind == null) {
            throw new Fault(
                    "paramKind kind `"
                            + policy.paramKind().path("apiVersion").asText()
                            + ", Kind="
                            + policy.paramKind().path("kind").asText()
                            + "` not known");
        }
        List<Optional<JsonNode>> found =
                found(reference, kind, namespace(reference, kind, attributes), attributes);
        if (found.isEmpty()
                && !reference.path("parameterNotFoundAction").asText().equals("Allow")) {
            throw new Fault(
                    "no params found for policy binding with `Deny` parameterNotFoundAction");
        }
        return found;
    }

    private static @Nullable Kind kind(JsonNode paramKind, Kinds kinds) {
        String apiVersion = paramKind.path("apiVersion").asText();
        int slash = apiVersion.indexOf('/');
        return kinds.named(
                slash < 0 ? "" : apiVersion.substring(0, slash),
                apiVersion.substring(slash + 1),
                paramKind.path("kind").asText());
    }

    private static String namespace(JsonNode reference, Kind kind, Attributes attributes)
            throws Fault {
        String named = reference.path("namespace").asText("");
        if (!kind.namespaced()) {
            if (!named.isEmpty()) {
                throw new Fault(
                        "paramRef.namespace must not be provided for a cluster-scoped `paramKind`");
            }
            return "";
        }
        String namespace = named.isEmpty() ? attributes.namespace() : named;
        if (namespace.isEmpty()) {
            throw new Fault(
                    "cannot use namespaced paramRef in policy binding that matches cluster-scoped"
                            + " resources");
        }
        return namespace;
    }

    private static List<Optional<JsonNode>> found(
            JsonNode reference, Kind kind, String namespace, Attributes attributes) {
        String name = reference.path("name").asText("");
        if (!name.isEmpty()) {
            Stored stored = attributes.state().get(kind.key(namespace, name));
            return stored == null ? List.of() : List.of(shown(stored, kind));
        }
        List<Optional<JsonNode>> found = new ArrayList<>();
        for (Stored stored : attributes.state().list(kind.storage(), namespace)) {
            Optional<JsonNode> param = shown(stored, kind);
            JsonNode labels = param.orElseThrow().path("metadata").path("labels");
            if (Labels.matches(reference.path("selector"), labels)) {
                found.add(param);
            }
        }
        return found;
    }

    private static Optional<JsonNode> shown(Stored stored, Kind kind) {
        ObjectNode object = RequestView.inVersion(Trees.read(stored.value()), kind);
        return Optional.ofNullable(object);
    }
}
