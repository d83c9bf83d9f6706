package dev.orrery.apiserver.openapi;

import static dev.orrery.apiserver.openapi.Form.COUNT;
import static dev.orrery.apiserver.openapi.Form.DECIMAL;
import static dev.orrery.apiserver.openapi.Form.FLAG;
import static dev.orrery.apiserver.openapi.Form.TEXT;
import static dev.orrery.apiserver.openapi.Message.YAML;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The document of OpenAPI v2 as gnostic's protobuf message, which is the form that kubectl reads.
 *
 * @see <a href="https://github.com/google/gnostic-models/blob/main/openapiv2/OpenAPIv2.proto">its
 *     fields</a>
 */
final class SwaggerMessage {

    private static final Message SCHEMA = schema();
    private static final Message DOCUMENT = document();

    private SwaggerMessage() {}

    static byte[] of(JsonNode document) {
        return DOCUMENT.bytes(document);
    }

    private static Message document() {
        Message info = new Message(7).field(1, "title", TEXT).field(2, "version", TEXT);
        return new Message(16)
                .field(1, "swagger", TEXT)
                .field(2, "info", info)
                .field(8, "paths", path().named(2))
                .field(9, "definitions", SCHEMA.named(1));
    }

    private static Message path() {
        Form parameters = parameter().each();
        Message operation = operation(parameters);
        return new Message(10)
                .field(2, "get", operation)
                .field(3, "put", operation)
                .field(4, "post", operation)
                .field(5, "delete", operation)
                .field(6, "options", operation)
                .field(7, "head", operation)
                .field(8, "patch", operation)
                .field(9, "parameters", parameters);
    }

    private static Message operation(Form parameters) {
        Message response =
                new Message(5).field(1, "description", TEXT).field(2, "schema", SCHEMA.within(1));
        return new Message(13)
                .field(1, "tags", TEXT.each())
                .field(3, "description", TEXT)
                .field(5, "operationId", TEXT)
                .field(6, "produces", TEXT.each())
                .field(7, "consumes", TEXT.each())
                .field(8, "parameters", parameters)
                .field(9, "responses", response.within(1).named(1));
    }

    /** What is a sort of parameter in JSON is a message of its own here, three deep. */
    private static Form parameter() {
        Form body =
                new Message(6)
                        .field(1, "description", TEXT)
                        .field(2, "name", TEXT)
                        .field(3, "in", TEXT)
                        .field(4, "required", FLAG)
                        .field(5, "schema", SCHEMA)
                        .within(1)
                        .within(1);
        Form query = simple(3, 6);
        Form path = simple(4, 5);
        return (out, field, value) -> {
            Form form =
                    switch (value.path("in").asText()) {
                        case "body" -> body;
                        case "query" -> query;
                        case "path" -> path;
                        default -> throw new IllegalStateException("a parameter in " + value);
                    };
            form.write(out, field, value);
        };
    }

    /**
     * @param sort the field that a parameter of this sort is
     * @param type the field of its type; those behind it follow in the same order in every sort
     */
    private static Form simple(int sort, int type) {
        return new Message(type + 17)
                .field(1, "required", FLAG)
                .field(2, "in", TEXT)
                .field(3, "description", TEXT)
                .field(4, "name", TEXT)
                .field(type, "type", TEXT)
                .field(type + 1, "format", TEXT)
                .field(type + 14, "uniqueItems", FLAG)
                .within(sort)
                .within(2)
                .within(1);
    }

    private static Message schema() {
        Message schema = new Message(31);
        Message links = new Message(3).field(1, "description", TEXT).field(2, "url", TEXT);
        Form others = schema.within(1);
        Form allowed = FLAG.within(2);
        return schema.field(1, "$ref", TEXT)
                .field(2, "format", TEXT)
                .field(3, "title", TEXT)
                .field(4, "description", TEXT)
                .field(5, "default", YAML)
                .field(6, "multipleOf", DECIMAL)
                .field(7, "maximum", DECIMAL)
                .field(8, "exclusiveMaximum", FLAG)
                .field(9, "minimum", DECIMAL)
                .field(10, "exclusiveMinimum", FLAG)
                .field(11, "maxLength", COUNT)
                .field(12, "minLength", COUNT)
                .field(13, "pattern", TEXT)
                .field(14, "maxItems", COUNT)
                .field(15, "minItems", COUNT)
                .field(16, "uniqueItems", FLAG)
                .field(17, "maxProperties", COUNT)
                .field(18, "minProperties", COUNT)
                .field(19, "required", TEXT.each())
                .field(20, "enum", YAML.each())
                .field(
                        21,
                        "additionalProperties",
                        (out, field, value) ->
                                (value.isBoolean() ? allowed : others).write(out, field, value))
                .field(22, "type", TEXT.within(1))
                .field(23, "items", others)
                .field(25, "properties", schema.named(1))
                .field(29, "externalDocs", links)
                .field(30, "example", YAML);
    }
}
