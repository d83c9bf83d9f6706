package dev.orrery.apiserver.rules.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.orrery.apiserver.rules.FieldPath;
import dev.orrery.apiserver.rules.Same;
import java.util.LinkedHashSet;
import java.util.Set;

/** Says which fields of two objects differ, one line for each value that is gone or new. */
public final class Difference {

    private final StringBuilder text = new StringBuilder();

    private Difference() {}

    /** Lines of {@code - path: old} and {@code + path: new}. */
    public static String between(JsonNode old, JsonNode changed) {
        Difference difference = new Difference();
        difference.compare(FieldPath.SPEC, old, changed);
        return difference.text.toString();
    }

    private void compare(FieldPath path, JsonNode old, JsonNode changed) {
        if (Same.same(old, changed)) {
            return;
        }
        if (old.isObject() && changed.isObject()) {
            Set<String> names = new LinkedHashSet<>();
            old.fieldNames().forEachRemaining(names::add);
            changed.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> compare(path.child(name), old.path(name), changed.path(name)));
        } else if (old.isArray() && changed.isArray()) {
            for (int i = 0; i < Math.max(old.size(), changed.size()); i++) {
                compare(path.index(i), old.path(i), changed.path(i));
            }
        } else {
            line('-', path, old);
            line('+', path, changed);
        }
    }

    private void line(char sign, FieldPath path, JsonNode value) {
        if (!(value instanceof MissingNode)) {
            text.append("  ").append(sign).append(' ').append(path).append(": ");
            text.append(value).append('\n');
        }
    }
}
