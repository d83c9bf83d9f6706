package dev.orrery.apiserver.rules.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.Same;
import java.util.List;

/** What config maps and secrets have in common. */
final class DataRules {

    /** The most that the values of one object may take together. */
    static final int MOST_BYTES = 1 << 20;

    private static final String FROZEN = "field is immutable when `immutable` is set";

    private DataRules() {}

    /** How long bytes are that are written in base 64. */
    static long decodedLength(String base64) {
        int padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
        return base64.length() / 4L * 3 - padding;
    }

    static void validateImmutable(ObjectNode object, ObjectNode old, FieldErrors errors) {
        if (!old.path("immutable").asBoolean()) {
            return;
        }
        Field now = Field.of(object, errors);
        if (!now.get("immutable").isTrue()) {
            now.get("immutable").forbidden(FROZEN);
        }
        for (String field : List.of("data", "binaryData")) {
            if (!Same.same(now.get(field).value(), old.path(field))) {
                now.get(field).forbidden(FROZEN);
            }
        }
    }
}
