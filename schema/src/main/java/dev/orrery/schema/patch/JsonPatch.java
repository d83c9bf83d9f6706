package dev.orrery.schema.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.schema.StructType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** RFC 6902: a list of operations, of which all succeed or none is applied. */
public final class JsonPatch implements Patch {

    /** As many as Kubernetes takes. */
    private static final int MAX_OPERATIONS = 10_000;

    /** What copies may add; more than an object may have anyway. */
    private static final int MAX_COPIED = 3 * 1024 * 1024;

    private final List<Operation> operations;
    private final List<String> findings;

    private JsonPatch(List<Operation> operations, List<String> findings) {
        this.operations = operations;
        this.findings = findings;
    }

    static JsonPatch of(ArrayNode list, List<String> findings) throws PatchException {
        if (list.size() > MAX_OPERATIONS) {
            throw PatchException.tooLarge(
                    "The allowed maximum operations in a JSON patch is "
                            + MAX_OPERATIONS
                            + ", got "
                            + list.size());
        }
        List<Operation> operations = new ArrayList<>();
        for (JsonNode item : list) {
            if (!item.isObject()) {
                throw PatchException.badRequest(
                        "json: cannot unmarshal "
                                + item.getNodeType().name().toLowerCase(Locale.ROOT)
                                + " into Go value of type jsonpatch.Operation");
            }
            operations.add(new Operation((ObjectNode) item));
        }
        return new JsonPatch(
                operations, findings.stream().map(finding -> "json patch " + finding).toList());
    }

    @Override
    public List<String> findings() {
        return findings;
    }

    @Override
    public JsonNode apply(ObjectNode current, StructType type) throws PatchException {
        JsonNode document = current.deepCopy();
        int copied = 0;
        for (Operation operation : operations) {
            document = operation.apply(document);
            copied += operation.copiedFrom(document);
            if (copied > MAX_COPIED) {
                throw PatchException.invalid("the copies of the patch are too large");
            }
        }
        return document;
    }

    /** One operation. Read when it is applied: a fault in it is a fault of applying. */
    private record Operation(ObjectNode json) {

        JsonNode apply(JsonNode document) throws PatchException {
            JsonPointer path = JsonPointer.of(text("path"));
            return switch (text("op")) {
                case "add" -> add(document, path, value());
                case "replace" -> {
                    if (path.isRoot()) {
                        yield value();
                    }
                    path.replace(document, value());
                    yield document;
                }
                case "remove" -> {
                    refuseRoot(path);
                    path.remove(document);
                    yield document;
                }
                case "move" -> move(document, path);
                case "copy" -> add(document, path, source(document).deepCopy());
                case "test" -> test(document, path);
                default -> throw PatchException.invalid("Unexpected kind: " + text("op"));
            };
        }

        private static JsonNode add(JsonNode document, JsonPointer path, JsonNode value)
                throws PatchException {
            if (path.isRoot()) {
                return value;
            }
            path.add(document, value);
            return document;
        }

        private JsonNode move(JsonNode document, JsonPointer path) throws PatchException {
            JsonPointer from = JsonPointer.of(text("from"));
            refuseRoot(from);
            if (path.isWithin(from)) {
                throw PatchException.invalid("a value cannot be moved into itself");
            }
            return add(document, path, from.remove(document));
        }

        private JsonNode source(JsonNode document) throws PatchException {
            JsonPointer from = JsonPointer.of(text("from"));
            JsonNode found = from.find(document);
            if (found == null) {
                throw from.missing();
            }
            return found;
        }

        /** An absent value equals null, as in the library that Kubernetes uses. */
        private JsonNode test(JsonNode document, JsonPointer path) throws PatchException {
            JsonNode found = path.find(document);
            JsonNode actual = found == null ? NullNode.instance : found;
            if (!actual.equals(value())) {
                throw PatchException.invalid("testing value " + path.text() + " failed");
            }
            return document;
        }

        private static void refuseRoot(JsonPointer path) throws PatchException {
            if (path.isRoot()) {
                throw path.missing();
            }
        }

        /** Roughly, in characters. */
        int copiedFrom(JsonNode document) throws PatchException {
            if (!json.path("op").asText().equals("copy")) {
                return 0;
            }
            JsonNode copy = JsonPointer.of(text("from")).find(document);
            return copy == null ? 0 : copy.toString().length();
        }

        private JsonNode value() {
            JsonNode value = json.get("value");
            return value == null ? NullNode.instance : value.deepCopy();
        }

        private String text(String name) throws PatchException {
            @Nullable JsonNode value = json.get(name);
            if (value == null || !value.isTextual()) {
                throw PatchException.invalid("operation has no " + name);
            }
            return value.textValue();
        }
    }
}
