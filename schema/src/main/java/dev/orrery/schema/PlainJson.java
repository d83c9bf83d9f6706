package dev.orrery.schema;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * JSON that has no schema, such as a patch, or YAML that stands for it.
 *
 * @param findings what a strict reader objects to: {@code duplicate field "spec.replicas"}
 */
public record PlainJson(JsonNode value, List<String> findings) {

    public PlainJson {
        findings = List.copyOf(findings);
    }

    /**
     * @throws DecodeException with Go's message where the text is not well-formed
     */
    public static PlainJson read(byte[] text) throws DecodeException {
        try (JsonParser parser = Decoder.JSON.createParser(text)) {
            Reader reader = new Reader(parser);
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new JsonParseException(parser, "empty");
            }
            JsonNode value = reader.value(first);
            if (parser.nextToken() != null) {
                throw new JsonParseException(parser, "more than one value");
            }
            return new PlainJson(value, reader.findings.strict());
        } catch (JsonProcessingException e) {
            throw DecodeException.unrecognized(GoJsonSyntax.message(text, e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @throws DecodeException where the text is not well-formed, or is not one document
     */
    public static PlainJson readYaml(byte[] text) throws DecodeException {
        return YamlReader.read(text);
    }

    /** Reads values and notes duplicate names. */
    private static final class Reader {

        private final JsonParser in;
        private final FieldStack stack = new FieldStack();
        private final Findings findings = new Findings(stack);
        private final ScalarReader scalars;

        Reader(JsonParser in) {
            this.in = in;
            this.scalars = new ScalarReader(in, findings);
        }

        JsonNode value(JsonToken token) throws IOException {
            return switch (token) {
                case START_OBJECT -> object();
                case START_ARRAY -> array();
                default -> scalars.any(token);
            };
        }

        private ObjectNode object() throws IOException {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
                if (node.has(name)) {
                    findings.duplicate(name);
                }
                stack.key(name);
                node.set(name, value(in.nextToken()));
                stack.pop();
            }
            return node;
        }

        private ArrayNode array() throws IOException {
            ArrayNode node = JsonNodeFactory.instance.arrayNode();
            JsonToken token = in.nextToken();
            for (int index = 0; token != JsonToken.END_ARRAY; index++) {
                stack.index(index);
                node.add(value(token));
                stack.pop();
                token = in.nextToken();
            }
            return node;
        }
    }
}
