package dev.orrery.apiserver.admission.matching;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.admission.Attributes;
import dev.orrery.apiserver.cel.Bindings;
import dev.orrery.apiserver.cel.DeclaredType;
import dev.orrery.apiserver.cel.Json;
import dev.orrery.apiserver.cel.admission.AuthorizerVariables;
import dev.orrery.apiserver.cel.admission.PolicyEnvironment;
import dev.orrery.apiserver.cel.function.Access;
import dev.orrery.apiserver.kind.Kind;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The variables of one request for one policy or webhook, made when an expression asks for them.
 * Used by one thread.
 */
public final class RequestBindings implements Bindings {

    private final Attributes attributes;
    private final Kind kind;
    private final @Nullable JsonNode params;
    private final boolean namespaced;
    private final Map<String, Object> known = new HashMap<>();

    /**
     * @param kind the version as which the object is looked at
     * @param namespaced whether {@code namespaceObject} is shown, which match conditions are not
     */
    public RequestBindings(
            Attributes attributes, Kind kind, @Nullable JsonNode params, boolean namespaced) {
        this.attributes = attributes;
        this.kind = kind;
        this.params = params;
        this.namespaced = namespaced;
    }

    /** One more variable. */
    public void put(String variable, Object value) {
        known.put(variable, value);
    }

    @Override
    public @Nullable Object find(String variable) {
        Object value = known.get(variable);
        if (value == null) {
            value = make(variable);
            if (value != null) {
                known.put(variable, value);
            }
        }
        return value;
    }

    private @Nullable Object make(String variable) {
        return switch (variable) {
            case PolicyEnvironment.OBJECT -> wrap(RequestView.object(attributes, kind));
            case PolicyEnvironment.OLD_OBJECT -> wrap(RequestView.old(attributes, kind));
            case PolicyEnvironment.REQUEST ->
                    PolicyEnvironment.request(RequestView.of(attributes, kind));
            case PolicyEnvironment.NAMESPACE -> namespace();
            case PolicyEnvironment.PARAMS -> wrap(params);
            case AuthorizerVariables.AUTHORIZER ->
                    AuthorizerVariables.authorizer(attributes.access(), subject());
            case AuthorizerVariables.REQUEST_RESOURCE ->
                    AuthorizerVariables.resource(attributes.access(), subject(), resource());
            default -> null;
        };
    }

    private static Object wrap(@Nullable JsonNode node) {
        return node == null ? Json.NULL : Json.wrap(node, DeclaredType.DYN);
    }

    /** Of a namespace itself there is none. */
    private Object namespace() {
        if (!namespaced || attributes.namespace().isEmpty()) {
            return Json.NULL;
        }
        ObjectNode namespace = MatchCriteria.namespace(attributes, attributes.namespace());
        return namespace == null ? Json.NULL : PolicyEnvironment.namespace(namespace);
    }

    private Access.Subject subject() {
        return new Access.Subject(attributes.user().name(), attributes.user().groups());
    }

    private Access.Resource resource() {
        return new Access.Resource(
                attributes.kind().group(),
                attributes.kind().plural(),
                attributes.subresource(),
                attributes.namespace(),
                attributes.name(),
                "",
                "");
    }
}
