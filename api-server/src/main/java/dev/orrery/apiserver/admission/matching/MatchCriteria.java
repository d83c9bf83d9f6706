package dev.orrery.apiserver.admission.matching;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.admission.Attributes;
import dev.orrery.apiserver.admission.Operation;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.kind.Kinds;
import dev.orrery.apiserver.rules.Labels;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.apiserver.store.Stored;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.ObjectKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which requests are meant, by rules and by labels. Immutable.
 *
 * @param everyRule no rules mean all requests, as in a binding
 * @param equivalent a rule about one version of a resource is about the others too
 */
public record MatchCriteria(
        JsonNode namespaceSelector,
        JsonNode objectSelector,
        List<ResourceRule> rules,
        List<ResourceRule> excluded,
        boolean everyRule,
        boolean equivalent) {

    private static final GroupResource NAMESPACES = new GroupResource("", "namespaces");

    /** Of {@code matchConstraints} or {@code matchResources}; all, where there are none. */
    public static MatchCriteria ofPolicy(JsonNode resources) {
        return new MatchCriteria(
                resources.path("namespaceSelector"),
                resources.path("objectSelector"),
                ResourceRule.all(resources.path("resourceRules")),
                ResourceRule.all(resources.path("excludeResourceRules")),
                resources.path("resourceRules").isEmpty(),
                !resources.path("matchPolicy").asText("").equals("Exact"));
    }

    public static MatchCriteria ofWebhook(JsonNode webhook) {
        return new MatchCriteria(
                webhook.path("namespaceSelector"),
                webhook.path("objectSelector"),
                ResourceRule.all(webhook.path("rules")),
                List.of(),
                false,
                !webhook.path("matchPolicy").asText("").equals("Exact"));
    }

    /**
     * The version as which the policy or webhook wants to see the object; null where the request is
     * not meant.
     */
    public @Nullable Kind match(Attributes attributes, Kinds kinds) {
        if (matched(excluded, attributes, kinds) != null) {
            return null;
        }
        Kind kind = everyRule ? attributes.kind() : matched(rules, attributes, kinds);
        boolean meant = kind != null && matchesObject(attributes) && matchesNamespace(attributes);
        return meant ? kind : null;
    }

    private @Nullable Kind matched(List<ResourceRule> some, Attributes attributes, Kinds kinds) {
        for (ResourceRule rule : some) {
            if (rule.matches(attributes, attributes.kind())) {
                return attributes.kind();
            }
        }
        if (!equivalent || some.isEmpty()) {
            return null;
        }
        for (ResourceRule rule : some) {
            for (Kind other : kinds.equivalents(attributes.kind())) {
                if (rule.matches(attributes, other)) {
                    return other;
                }
            }
        }
        return null;
    }

    private boolean matchesObject(Attributes attributes) {
        return Labels.isEmptySelector(objectSelector)
                || matches(objectSelector, attributes.object())
                || matches(objectSelector, attributes.old());
    }

    private static boolean matches(JsonNode selector, @Nullable ObjectNode object) {
        return object != null && Labels.matches(selector, labels(object));
    }

    private static JsonNode labels(JsonNode object) {
        JsonNode labels = object.path("metadata").path("labels");
        return labels.isNull() ? MissingNode.getInstance() : labels;
    }

    private boolean matchesNamespace(Attributes attributes) {
        if (Labels.isEmptySelector(namespaceSelector)) {
            return true;
        }
        boolean isNamespace = attributes.kind().storage().equals(NAMESPACES);
        if (!isNamespace && attributes.namespace().isEmpty()) {
            return true;
        }
        ObjectNode object = attributes.object();
        boolean own =
                isNamespace
                        && attributes.subresource().isEmpty()
                        && (attributes.operation() == Operation.CREATE
                                || attributes.operation() == Operation.UPDATE);
        if (own && object != null) {
            return Labels.matches(namespaceSelector, labels(object));
        }
        String name = isNamespace ? attributes.name() : attributes.namespace();
        ObjectNode namespace = namespace(attributes, name);
        if (namespace == null) {
            throw Refusals.notFound(NAMESPACES, name);
        }
        return Labels.matches(namespaceSelector, labels(namespace));
    }

    /** Null where there is none of that name. */
    public static @Nullable ObjectNode namespace(Attributes attributes, String name) {
        Stored stored = attributes.state().get(new ObjectKey(NAMESPACES, "", name));
        return stored == null ? null : Trees.read(stored.value());
    }
}
