package dev.orrery.apiserver.kind;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

/** JSON inside of an annotation, which a user may have written. */
final class Folded {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Folded() {}

    /** Null where the text is not JSON: Kubernetes drops such an annotation too. */
    static @Nullable JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException _) {
            return null;
        }
    }
}
