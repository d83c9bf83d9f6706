package dev.orrery.apiserver.body;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Turns what is stored into trees and back. */
public final class Trees {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final ObjectReader OBJECT = MAPPER.readerFor(ObjectNode.class);
    private static final ObjectWriter WRITER = MAPPER.writer();

    /** As Go indents: people, and scripts that compare lines, know it. */
    private static final ObjectWriter PRETTY = MAPPER.writer(indented());

    private Trees() {}

    private static PrettyPrinter indented() {
        DefaultIndenter twoSpaces = new DefaultIndenter("  ", "\n");
        Separators separators =
                Separators.createDefaultInstance()
                        .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                        .withObjectEmptySeparator("")
                        .withArrayEmptySeparator("");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(separators);
        printer.indentObjectsWith(twoSpaces);
        printer.indentArraysWith(twoSpaces);
        return printer;
    }

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** Reads JSON that the api-server itself wrote. */
    public static ObjectNode read(byte[] json) {
        try {
            return OBJECT.readValue(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] write(JsonNode tree) {
        return write(tree, WRITER);
    }

    /** For people. */
    public static byte[] writePretty(JsonNode tree) {
        return write(tree, PRETTY);
    }

    private static byte[] write(JsonNode tree, ObjectWriter writer) {
        try {
            return writer.writeValueAsBytes(tree);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Writes an object as it is stored: without resourceVersion, and with kind, apiVersion and
     * metadata first, where {@link Splice} looks for them. Changes the object's metadata.
     */
    public static byte[] store(ObjectNode object) {
        ObjectNode ordered = object.objectNode();
        ordered.set("kind", object.path("kind"));
        ordered.set("apiVersion", object.path("apiVersion"));
        if (object.get("metadata") instanceof ObjectNode metadata) {
            metadata.remove("resourceVersion");
            ordered.set("metadata", metadata);
        }
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            ordered.putIfAbsent(field.getKey(), field.getValue());
        }
        return write(ordered);
    }
}
