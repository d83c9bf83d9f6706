package dev.orrery.controllermanager.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.machinery.store.Json;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Pod templates in a form in which the same templates are equal: those that differ only in order or
 * in nothings (null, an empty list or map) are the same.
 */
public final class CanonicalTemplate {

    /** No vowels and nothing that looks like one: no hash spells a word. */
    private static final String SAFE_ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

    private static final int FNV_OFFSET = 0x811c9dc5;
    private static final int FNV_PRIME = 0x01000193;

    private CanonicalTemplate() {}

    public static JsonNode of(PodTemplateSpec template) {
        return canonical(Json.MAPPER.<JsonNode>valueToTree(template));
    }

    /**
     * A short hash for names and labels.
     *
     * @param collisions how often a hash has met a foreign object's name: another hash each
     */
    public static String hash(PodTemplateSpec template, int collisions) {
        byte[] text =
                (of(template).toString() + (collisions > 0 ? collisions : ""))
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
