package dev.orrery.schema;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is wrong with a body, in the words and the order of Go's decoder as Kubernetes uses it. */
final class Findings {

    /** Kubernetes lists no more than that. */
    private static final int MAX_STRICT = 100;

    private final FieldStack stack;
    private final Set<String> strict = new LinkedHashSet<>();
    private @Nullable String mismatch;
    private @Nullable String fault;
    private int paused;

    Findings(FieldStack stack) {
        this.stack = stack;
    }

    void unknown(String name) {
        strict("unknown field ", name);
    }

    void duplicate(String name) {
        strict("duplicate field ", name);
    }

    private void strict(String what, String name) {
        if (paused == 0 && strict.size() < MAX_STRICT) {
            strict.add(what + GoText.quote(stack.path(name)));
        }
    }

    void pause() {
        paused++;
    }

    void resume() {
        paused--;
    }

    /** Go goes on after a type error, and reports the first. */
    void mismatch(String value, String goType) {
        if (mismatch == null) {
            mismatch = "json: cannot unmarshal " + value + into() + goType;
        }
    }

    /** The unmarshalers of special types end the decoding, whatever was wrong before. */
    void fault(String message) {
        if (fault == null) {
            fault = message;
        }
    }

    /** A type error within a special type. */
    void faultyType(String value, String goType) {
        fault("json: cannot unmarshal " + value + into() + goType);
    }

    private String into() {
        String field = stack.goField();
        return field.isEmpty()
                ? " into Go value of type "
                : " into Go struct field " + field + " of type ";
    }

    Decoded decoded(ObjectNode object) throws DecodeException {
        String apiVersion = object.path("apiVersion").asText("");
        String kind = object.path("kind").asText("");
        String wrong = fault != null ? fault : mismatch;
        if (wrong != null) {
            throw new DecodeException(wrong, apiVersion, kind);
        }
        return new Decoded(object, apiVersion, kind, strict());
    }

    List<String> strict() {
        return strict.isEmpty() ? List.of() : new ArrayList<>(strict);
    }

    /** What Go calls a value that it did not expect. */
    static String valueName(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "object";
            case START_ARRAY -> "array";
            case VALUE_STRING -> "string";
            case VALUE_TRUE, VALUE_FALSE -> "bool";
            default -> "number";
        };
    }
}
