package dev.orrery.apiserver.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * A JSON object as a protobuf message: which field each name is. Names that it does not have are
 * left out, but for those of extensions, {@code x-...}, which are kept as YAML.
 */
final class Message implements Form {

    /** A value of any kind: JSON is YAML. */
    static final Form YAML =
            ((Form) (out, field, value) -> out.writeString(field, value.toString())).within(2);

    private record Field(int number, Form form) {}

    private final Map<String, Field> fields = new HashMap<>();
    private final int extensions;

    /**
     * @param extensions the field that they go to
     */
    Message(int extensions) {
        this.extensions = extensions;
    }

    Message field(int number, String name, Form form) {
        fields.put(name, new Field(number, form));
        return this;
    }

    @Override
    public void write(CodedOutputStream out, int number, JsonNode object) throws IOException {
        out.writeByteArray(number, bytes(object));
    }

    byte[] bytes(JsonNode object) {
        return Form.bytes(out -> {
            for (Map.Entry<String, JsonNode> entry : object.properties()) {
                Field field = fields.get(entry.getKey());
                if (field != null) {
                    field.form().write(out, field.number(), entry.getValue());
                } else if (entry.getKey().startsWith("x-")) {
                    YAML.writeNamed(out, extensions, entry);
                }
            }
        });
    }
}
