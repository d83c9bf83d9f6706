package dev.orrery.apiserver.cel.function;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A form that a text may have.
 *
 * @param check what is wrong with a text; empty where nothing is
 */
record NamedFormat(String name, Function<String, List<String>> check) {

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NamedFormat format && name.equals(format.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }
}
