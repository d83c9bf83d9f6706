package dev.orrery.apiserver.structural;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.FieldPath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a value's schema objects to, and how much it agreed with: of several schemas of which none
 * fits, the one that agrees most says what is wrong. Used by one thread.
 */
final class Findings {

    private final List<Fault> errors = new ArrayList<>();
    private int agreed;

    private interface Fault {
        void report(FieldErrors to, String above);
    }

    boolean isEmpty() {
        return errors.isEmpty();
    }

    int agreed() {
        return agreed;
    }

    void agree() {
        agreed++;
    }

    void agree(int more) {
        agreed += more;
    }

    void addAll(Findings more) {
        errors.addAll(more.errors);
        agreed += more.agreed;
    }

    /**
     * @param above where the value stands; empty for an object
     */
    void report(FieldErrors to, String above) {
        errors.forEach(error -> error.report(to, above));
    }

    /** A path as it stands in field errors; that of the object itself has no name. */
    private static FieldPath place(String above, String path) {
        if (path.isEmpty() || above.isEmpty()) {
            String only = above + path;
            return new FieldPath(only.isEmpty() ? "<nil>" : only);
        }
        return new FieldPath(above + "." + path);
    }

    void wrongType(String path, String shown, String message) {
        errors.add((to, above) -> to.typeInvalid(place(above, path), shown, message));
    }

    void required(String path) {
        errors.add((to, above) -> to.required(place(above, path), ""));
    }

    void invalid(String path, @Nullable Object shown, String message) {
        errors.add((to, above) -> to.invalid(place(above, path), shown, message));
    }

    /** Of the whole object: what is composed of several schemas names its place in the message. */
    void composed(String message) {
        errors.add((to, above) -> to.invalid(place(above, ""), "", message));
    }

    void notSupported(String path, JsonNode value, List<JsonNode> allowed) {
        List<String> texts =
                allowed.stream()
                        .map(one -> one.isTextual() ? one.textValue() : one.toString())
                        .toList();
        errors.add((to, above) -> to.notSupported(place(above, path), value, texts));
    }

    void tooLong(String path, long most) {
        errors.add((to, above) -> to.tooLong(place(above, path), (int) most));
    }

    void tooMany(String path, int actual, long most) {
        errors.add((to, above) -> to.tooMany(place(above, path), actual, (int) most));
    }
}
