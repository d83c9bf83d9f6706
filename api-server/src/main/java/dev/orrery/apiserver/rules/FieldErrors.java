package dev.orrery.apiserver.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with one object, in Kubernetes' words. Used by one thread. */
public final class FieldErrors {

    private final List<FieldError> errors = new ArrayList<>();

    public List<FieldError> all() {
        return Collections.unmodifiableList(errors);
    }

    public boolean isEmpty() {
        return errors.isEmpty();
    }

    public void required(FieldPath field, String detail) {
        add(FieldError.Type.REQUIRED, field, FieldError.Type.REQUIRED.text() + detail(detail));
    }

    public void invalid(FieldPath field, @Nullable Object value, String detail) {
        add(
                FieldError.Type.INVALID,
                field,
                FieldError.Type.INVALID.text() + ": " + quote(value) + detail(detail));
    }

    /** A value of another type than the one that is meant. */
    public void typeInvalid(FieldPath field, @Nullable Object value, String detail) {
        add(
                FieldError.Type.TYPE_INVALID,
                field,
                FieldError.Type.TYPE_INVALID.text() + ": " + quote(value) + detail(detail));
    }

    /** For faults of a whole whose value would say nothing. */
    public void invalidWithoutValue(FieldPath field, String detail) {
        add(FieldError.Type.INVALID, field, FieldError.Type.INVALID.text() + detail(detail));
    }

    public void notSupported(
            FieldPath field, @Nullable Object value, Collection<String> supported) {
        String list = supported.stream().map(FieldErrors::quote).collect(Collectors.joining(", "));
        add(
                FieldError.Type.NOT_SUPPORTED,
                field,
                FieldError.Type.NOT_SUPPORTED.text()
                        + ": "
                        + quote(value)
                        + ": supported values: "
                        + list);
    }

    public void duplicate(FieldPath field, @Nullable Object value) {
        add(
                FieldError.Type.DUPLICATE,
                field,
                FieldError.Type.DUPLICATE.text() + ": " + quote(value));
    }

    public void duplicate(FieldPath field, @Nullable Object value, String detail) {
        add(
                FieldError.Type.DUPLICATE,
                field,
                FieldError.Type.DUPLICATE.text() + ": " + quote(value) + detail(detail));
    }

    public void forbidden(FieldPath field, String detail) {
        add(FieldError.Type.FORBIDDEN, field, FieldError.Type.FORBIDDEN.text() + detail(detail));
    }

    public void notFound(FieldPath field, @Nullable Object value) {
        add(
                FieldError.Type.NOT_FOUND,
                field,
                FieldError.Type.NOT_FOUND.text() + ": " + quote(value));
    }

    public void tooLong(FieldPath field, int maxLength) {
        add(
                FieldError.Type.TOO_LONG,
                field,
                FieldError.Type.TOO_LONG.text() + ": may not be more than " + maxLength + " bytes");
    }

    public void tooMany(FieldPath field, int actual, int max) {
        add(
                FieldError.Type.TOO_MANY,
                field,
                FieldError.Type.TOO_MANY.text()
                        + ": "
                        + actual
                        + ": must have at most "
                        + max
                        + " items");
    }

    public void addAll(Collection<FieldError> more) {
        errors.addAll(more);
    }

    private void add(FieldError.Type type, FieldPath field, String message) {
        errors.add(new FieldError(type, field, message));
    }

    private static String detail(String detail) {
        return detail.isEmpty() ? "" : ": " + detail;
    }

    /** Maps, of which labels are the ones that are shown, print by their keys. */
    private static JsonNode sorted(JsonNode node) {
        if (!node.isObject() || !node.valueStream().allMatch(JsonNode::isTextual)) {
            return node;
        }
        ObjectNode sorted = JsonNodeFactory.instance.objectNode();
        node.propertyStream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> sorted.set(entry.getKey(), entry.getValue()));
        return sorted;
    }

    /** Values print as Kubernetes prints them: text in quotes, numbers bare, the rest as JSON. */
    private static String quote(@Nullable Object value) {
        if (value instanceof JsonNode node) {
            return node.isTextual() ? quote(node.textValue()) : sorted(node).toString();
        }
        return value instanceof String text ? '"' + text + '"' : String.valueOf(value);
    }
}
