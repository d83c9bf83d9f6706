package dev.orrery.schema.build;

import dev.orrery.schema.Shape.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What a field may hold, as the generator knows it.
 *
 * @param struct name of the type
 */
record ModelShape(Kind kind, @Nullable ModelShape element, @Nullable String struct, String goType) {

    static ModelShape scalar(Kind kind, String goType) {
        return new ModelShape(kind, null, null, goType);
    }

    static ModelShape struct(Kind kind, String name, String goType) {
        return new ModelShape(kind, null, name, goType);
    }

    static ModelShape list(ModelShape element) {
        return new ModelShape(Kind.LIST, element, null, "[]" + element.goType());
    }

    static ModelShape map(ModelShape value) {
        return new ModelShape(Kind.MAP, value, null, "map[string]" + value.goType());
    }

    /** The same under a Go name of its own; what lies in a list or map follows from the name. */
    ModelShape named(String name) {
        ModelShape inner = element;
        if (inner != null && name.startsWith("[]")) {
            inner = inner.named(name.substring(2));
        } else if (inner != null && name.startsWith("map[")) {
            inner = inner.named(name.substring(name.indexOf(']') + 1));
        }
        return new ModelShape(kind, inner, struct, name);
    }
}
