package dev.orrery.schema;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where in an object a reader is. Go's type errors name the fields on the way, its strict errors
 * also the indexes and keys.
 */
final class FieldStack {

    private @Nullable Object[] steps = new @Nullable Object[32];
    private @Nullable StructType[] structs = new @Nullable StructType[32];
    private int depth;

    void field(StructType struct, String name) {
        push(struct, name);
    }

    void key(String key) {
        push(null, key);
    }

    void index(int index) {
        push(null, index);
    }

    void pop() {
        depth--;
    }

    int depth() {
        return depth;
    }

    private void push(@Nullable StructType struct, Object step) {
        if (depth == steps.length) {
            steps = Arrays.copyOf(steps, depth * 2);
            structs = Arrays.copyOf(structs, depth * 2);
        }
        structs[depth] = struct;
        steps[depth++] = step;
    }

    /** {@code DeploymentSpec.spec.replicas}; empty at the root. */
    String goField() {
        StringBuilder text = new StringBuilder();
        StructType last = null;
        for (int i = 0; i < depth; i++) {
            StructType struct = structs[i];
            if (struct != null) {
                last = struct;
                text.append('.').append(steps[i]);
            }
        }
        return last == null ? "" : last.goName() + text;
    }

    /** {@code spec.containers[0].ports}, and then the given name. */
    String path(String name) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            if (steps[i] instanceof Integer index) {
                text.append('[').append(index).append(']');
            } else {
                text.append(text.isEmpty() ? "" : ".").append(steps[i]);
            }
        }
        return text.append(text.isEmpty() ? "" : ".").append(name).toString();
    }
}
