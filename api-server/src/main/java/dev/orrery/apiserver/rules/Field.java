package dev.orrery.apiserver.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value in an object together with its place and with where its faults go, so that checks read as
 * sentences. A value that is absent, or null, is a Field too: {@link #exists} is false. The path's
 * text is only made when a fault is reported. Used by one thread.
 */
public final class Field {

    private final @Nullable Field parent;
    private final String step;
    private final JsonNode value;
    private final FieldErrors errors;

    private Field(@Nullable Field parent, String step, JsonNode value, FieldErrors errors) {
        this.parent = parent;
        this.step = step;
        this.value = value.isNull() ? MissingNode.getInstance() : value;
        this.errors = errors;
    }

    /** The object itself. */
    public static Field of(JsonNode object, FieldErrors errors) {
        return new Field(null, "", object, errors);
    }

    /** A value whose place is already known by its path. */
    public static Field at(FieldPath path, JsonNode value, FieldErrors errors) {
        return new Field(null, path.text(), value, errors);
    }

    public Field get(String name) {
        String child = parent == null && step.isEmpty() ? name : "." + name;
        return new Field(this, child, value.path(name), errors);
    }

    public Field get(String name, String next) {
        return get(name).get(next);
    }

    /** The same place, with another value in the report. */
    public Field with(JsonNode other) {
        return new Field(parent, step, other, errors);
    }

    public Field item(int index) {
        return new Field(this, "[" + index + "]", value.path(index), errors);
    }

    public Field key(String key) {
        return new Field(this, "[" + key + "]", value.path(key), errors);
    }

    public List<Field> items() {
        int size = value.isArray() ? value.size() : 0;
        List<Field> items = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            items.add(item(i));
        }
        return items;
    }

    /** The entries of a map, each placed as {@code path[key]}. */
    public Iterable<Map.Entry<String, Field>> entries() {
        Iterator<Map.Entry<String, JsonNode>> fields = value.properties().iterator();
        return () ->
                new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return fields.hasNext();
                    }

                    @Override
                    public Map.Entry<String, Field> next() {
                        String key = fields.next().getKey();
                        return Map.entry(key, key(key));
                    }
                };
    }

    public JsonNode value() {
        return value;
    }

    public boolean exists() {
        return !value.isMissingNode();
    }

    /** Absent, or what Go takes for nothing: an empty text, list or map. */
    public boolean isEmpty() {
        return value.isMissingNode()
                || (value.isTextual() ? value.textValue().isEmpty() : isEmptyContainer(value));
    }

    private static boolean isEmptyContainer(JsonNode node) {
        return node.isContainerNode() && node.isEmpty();
    }

    /** Empty where the value is absent. */
    public String text() {
        return value.isTextual() ? value.textValue() : value.asText("");
    }

    public boolean is(String text) {
        return value.isTextual() && value.textValue().equals(text);
    }

    public boolean isTrue() {
        return value.asBoolean(false);
    }

    public long number(long whenAbsent) {
        return value.isNumber() ? value.longValue() : whenAbsent;
    }

    public FieldPath path() {
        StringBuilder text = new StringBuilder();
        appendTo(text);
        return new FieldPath(text.toString());
    }

    private void appendTo(StringBuilder text) {
        if (parent != null) {
            parent.appendTo(text);
        }
        text.append(step);
    }

    public FieldErrors errors() {
        return errors;
    }

    public void required(String detail) {
        errors.required(path(), detail);
    }

    public void invalid(String detail) {
        errors.invalid(path(), exists() ? value : "", detail);
    }

    public void invalid(@Nullable Object shown, String detail) {
        errors.invalid(path(), shown, detail);
    }

    /** One fault for each message. */
    public void invalid(List<String> messages) {
        for (String message : messages) {
            invalid(message);
        }
    }

    public void forbidden(String detail) {
        errors.forbidden(path(), detail);
    }

    public void duplicate(@Nullable Object shown) {
        errors.duplicate(path(), shown);
    }

    public void notFound(@Nullable Object shown) {
        errors.notFound(path(), shown);
    }

    public void notSupported(Collection<String> supported) {
        errors.notSupported(path(), text(), supported);
    }

    /** Absent is a fault here; returns whether there was something. */
    public boolean require(String detail) {
        if (isEmpty()) {
            required(detail);
            return false;
        }
        return true;
    }

    /** Reports a text that is neither empty nor one of those. */
    public void oneOf(Collection<String> supported) {
        if (!isEmpty() && !supported.contains(text())) {
            notSupported(supported);
        }
    }

    /** As {@link #oneOf}, and nothing is a fault as well. */
    public void requireOneOf(Collection<String> supported) {
        if (require("")) {
            oneOf(supported);
        }
    }

    public void notNegative() {
        if (value.isNumber() && signum(value) < 0) {
            invalid("must be greater than or equal to 0");
        }
    }

    private static int signum(JsonNode number) {
        BigInteger whole = number.bigIntegerValue();
        return whole.signum();
    }

    /** Reports a number outside both ends; absent is fine. */
    public void between(long low, long high) {
        if (value.isNumber() && (value.longValue() < low || value.longValue() > high)) {
            invalid("must be between " + low + " and " + high + ", inclusive");
        }
    }

    /** Reports a value that is not the old one. */
    public void unchanged(JsonNode old) {
        if (!Same.same(value, old)) {
            errors.invalid(path(), exists() ? value : null, "field is immutable");
        }
    }
}
