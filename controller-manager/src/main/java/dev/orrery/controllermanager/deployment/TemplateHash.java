package dev.orrery.controllermanager.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.machinery.store.Json;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The hash of a pod template: it names ReplicaSets and labels their pods. Templates that differ
 * only in order, in nothings (null, an empty list or map) or in the hash label itself are the same.
 */
final class TemplateHash {

    static final String LABEL = "pod-template-hash";

    /** No vowels and nothing that looks like one: no hash spells a word. */
    private static final String SAFE_ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

    private static final int FNV_OFFSET = 0x811c9dc5;
    private static final int FNV_PRIME = 0x01000193;

    private TemplateHash() {}

    static boolean sameTemplate(Deployment deployment, ReplicaSet set) {
        PodTemplateSpec ours = withoutHash(deployment.getSpec().getTemplate());
        PodTemplateSpec theirs = withoutHash(set.getSpec().getTemplate());
        return ours.equals(theirs) || canonical(ours).equals(canonical(theirs));
    }

    /**
     * @param collisions how often a hash of this Deployment has met a foreign ReplicaSet's name
     */
    static String of(PodTemplateSpec template, int collisions) {
        byte[] text =
                (canonical(withoutHash(template)).toString() + (collisions > 0 ? collisions : ""))
                        .getBytes(StandardCharsets.UTF_8);
        int hash = FNV_OFFSET;
        for (byte next : text) {
            hash = (hash ^ (next & 0xff)) * FNV_PRIME;
        }
        return Integer.toUnsignedString(hash)
                .chars()
                .map(digit -> SAFE_ALPHABET.charAt(digit % SAFE_ALPHABET.length()))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static PodTemplateSpec withoutHash(PodTemplateSpec template) {
        return new PodTemplateSpecBuilder(template)
                .editOrNewMetadata()
                .removeFromLabels(LABEL)
                .endMetadata()
                .build();
    }

    private static JsonNode canonical(PodTemplateSpec template) {
        return canonical(Json.MAPPER.<JsonNode>valueToTree(template));
    }

    private static JsonNode canonical(JsonNode node) {
        if (node.isObject()) {
            Map<String, JsonNode> sorted = new TreeMap<>();
            node.properties()
                    .forEach(field -> {
                        JsonNode value = canonical(field.getValue());
                        if (!isNothing(value)) {
                            sorted.put(field.getKey(), value);
                        }
                    });
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            sorted.forEach(object::set);
            return object;
        }
        if (node.isArray()) {
            var array = JsonNodeFactory.instance.arrayNode();
            node.forEach(element -> array.add(canonical(element)));
            return array;
        }
        return node;
    }

    private static boolean isNothing(@Nullable JsonNode value) {
        return value == null || value.isNull() || (value.isContainerNode() && value.isEmpty());
    }
}
