package dev.orrery.apiserver.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** How a value in JSON becomes a field of a protobuf message. */
@FunctionalInterface
interface Form {

    Form TEXT = (out, field, value) -> out.writeString(field, value.asText());
    Form FLAG = (out, field, value) -> out.writeBool(field, value.asBoolean());
    Form COUNT = (out, field, value) -> out.writeInt64(field, value.asLong());
    Form DECIMAL = (out, field, value) -> out.writeDouble(field, value.asDouble());

    void write(CodedOutputStream out, int field, JsonNode value) throws IOException;

    /** For a list: the field as often as the list has values. */
    default Form each() {
        return (out, field, values) -> {
            for (JsonNode value : values) {
                write(out, field, value);
            }
        };
    }

    /** A message of one field. */
    default Form within(int only) {
        return (out, field, value) ->
                out.writeByteArray(field, bytes(inner -> write(inner, only, value)));
    }

    /** For an object whose names are anybody's: a message that repeats names and values. */
    default Form named(int pair) {
        return (out, field, object) ->
                out.writeByteArray(
                        field,
                        bytes(inner -> {
                            for (Map.Entry<String, JsonNode> entry : object.properties()) {
                                writeNamed(inner, pair, entry);
                            }
                        }));
    }

    default void writeNamed(CodedOutputStream out, int field, Map.Entry<String, JsonNode> entry)
            throws IOException {
        out.writeByteArray(
                field,
                bytes(inner -> {
                    inner.writeString(1, entry.getKey());
                    write(inner, 2, entry.getValue());
                }));
    }

    /** Writes the fields of a message. */
    @FunctionalInterface
    interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    /** Most messages are short, and long ones are handed through. */
    int BUFFER_BYTES = 64;

    static byte[] bytes(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes, BUFFER_BYTES);
        try {
            fields.write(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
