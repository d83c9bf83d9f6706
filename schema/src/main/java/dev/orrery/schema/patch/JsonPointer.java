package dev.orrery.schema.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** RFC 6901: a place in a document, and what one can do there. */
record JsonPointer(String text, List<String> steps) {

    /** As deep as a body may be: operation upon operation must not build more. */
    private static final int MAX_DEPTH = 500;

    static JsonPointer of(String text) throws PatchException {
        if (text.isEmpty()) {
            return new JsonPointer(text, List.of());
        }
        if (text.charAt(0) != '/') {
            throw PatchException.invalid("path " + text + " does not begin with a slash");
        }
        return new JsonPointer(
                text,
                Arrays.stream(text.substring(1).split("/", -1))
                        .map(step -> step.replace("~1", "/").replace("~0", "~"))
                        .toList());
    }

    boolean isRoot() {
        return steps.isEmpty();
    }

    boolean isWithin(JsonPointer other) {
        return steps.size() > other.steps.size()
                && steps.subList(0, other.steps.size()).equals(other.steps);
    }

    private String last() {
        return steps.getLast();
    }

    @Nullable JsonNode find(JsonNode document) {
        JsonNode at = document;
        for (String step : steps) {
            at = at == null ? null : child(at, step);
        }
        return at;
    }

    private static @Nullable JsonNode child(JsonNode parent, String step) {
        if (parent instanceof ArrayNode array) {
            int index = index(step);
            return index < 0 ? null : array.get(index);
        }
        return parent.get(step);
    }

    private JsonNode parent(JsonNode document) throws PatchException {
        JsonNode parent = new JsonPointer(text, steps.subList(0, steps.size() - 1)).find(document);
        if (parent == null || !parent.isContainerNode()) {
            throw missing();
        }
        return parent;
    }

    private void checkDepth(JsonNode value) throws PatchException {
        if (steps.size() + depth(value) > MAX_DEPTH) {
            throw PatchException.invalid("exceeded max depth");
        }
    }

    private static int depth(JsonNode value) {
        int deepest = 0;
        for (JsonNode child : value) {
            deepest = Math.max(deepest, depth(child));
        }
        return value.isContainerNode() ? deepest + 1 : 0;
    }

    void add(JsonNode document, JsonNode value) throws PatchException {
        checkDepth(value);
        if (parent(document) instanceof ArrayNode array) {
            int index = last().equals("-") ? array.size() : index(last());
            if (index < 0 || index > array.size()) {
                throw PatchException.invalid("unable to access invalid index: " + last());
            }
            array.insert(index, value);
        } else {
            ((ObjectNode) parent(document)).set(last(), value);
        }
    }

    void replace(JsonNode document, JsonNode value) throws PatchException {
        checkDepth(value);
        JsonNode parent = parent(document);
        if (child(parent, last()) == null) {
            throw missing();
        }
        if (parent instanceof ArrayNode array) {
            array.set(index(last()), value);
        } else {
            ((ObjectNode) parent).set(last(), value);
        }
    }

    JsonNode remove(JsonNode document) throws PatchException {
        JsonNode parent = parent(document);
        if (child(parent, last()) == null) {
            throw missing();
        }
        return parent instanceof ArrayNode array
                ? array.remove(index(last()))
                : ((ObjectNode) parent).remove(last());
    }

    /** Negative for what is no index. */
    private static int index(String step) {
        boolean digits = !step.isEmpty() && step.chars().allMatch(c -> c >= '0' && c <= '9');
        boolean plain = digits && (step.length() == 1 || step.charAt(0) != '0');
        return plain && step.length() < 10 ? Integer.parseInt(step) : -1;
    }

    PatchException missing() {
        return PatchException.invalid("there is nothing at path " + text);
    }
}
