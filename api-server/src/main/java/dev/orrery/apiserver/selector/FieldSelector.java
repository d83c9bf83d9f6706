package dev.orrery.apiserver.selector;

import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.status.Refusals;
import java.util.ArrayList;
import java.util.List;

/** What some fields must be, as {@code kubectl get --field-selector} writes it. */
public record FieldSelector(List<Term> terms) {

    public static final FieldSelector EVERYTHING = new FieldSelector(List.of());

    public FieldSelector {
        terms = List.copyOf(terms);
    }

    /** One comparison. */
    public record Term(String field, boolean equal, String value) {

        boolean matches(String actual) {
            return value.equals(actual) == equal;
        }
    }

    public boolean isEverything() {
        return terms.isEmpty();
    }

    /** The name that all selected objects have; empty if the selector does not say. */
    public String name() {
        for (Term term : terms) {
            if (term.equal() && term.field().equals(SelectableFields.NAME)) {
                return term.value();
            }
        }
        return "";
    }

    /**
     * @throws dev.orrery.apiserver.status.StatusException where the text is no selector, or the
     *     kind cannot be selected by the field
     */
    public static FieldSelector parse(String text, Kind kind) {
        if (text.isEmpty()) {
            return EVERYTHING;
        }
        List<Term> terms = new ArrayList<>();
        for (String part : split(text)) {
            if (!part.isEmpty()) {
                terms.add(term(part, text, kind));
            }
        }
        return new FieldSelector(terms);
    }

    private static Term term(String part, String text, Kind kind) {
        int at = part.indexOf('=');
        if (at < 1) {
            throw Refusals.badRequest(
                    "invalid selector: '" + text + "'; can't understand '" + part + "'");
        }
        boolean not = part.charAt(at - 1) == '!';
        String field = part.substring(0, not ? at - 1 : at);
        int start = !not && part.startsWith("==", at) ? at + 2 : at + 1;
        return new Term(SelectableFields.check(field, kind), !not, unescape(part.substring(start)));
    }

    /** At commas that no backslash stands before. */
    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == ',') {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static String unescape(String value) {
        return value.replace("\\,", ",").replace("\\=", "=").replace("\\\\", "\\");
    }
}
