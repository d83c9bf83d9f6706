package dev.orrery.userland.shell;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A word before expansion. */
record Word(List<Part> parts) {
    /** A stretch of a word of one kind. */
    sealed interface Part {
        record Text(String text, boolean quoted) implements Part {}

        /**
         * Operator: empty, {@code #} (length), or one of {@code - = ? +} (after an optional colon)
         * and {@code # ## % %%}. Subscript: which of an array's elements, as bash has it.
         */
        record Parameter(
                String name,
                @Nullable Word subscript,
                String operator,
                @Nullable Word argument,
                boolean quoted)
                implements Part {}

        record Substitution(Command command, boolean quoted) implements Part {}

        record Arithmetic(Word expression, boolean quoted) implements Part {}
    }

    /** The word's text if it is nothing but unquoted text, as a reserved word is. */
    @Nullable String literal() {
        return parts.size() == 1
                        && parts.getFirst() instanceof Part.Text(String text, boolean quoted)
                        && !quoted
                ? text
                : null;
    }
}
