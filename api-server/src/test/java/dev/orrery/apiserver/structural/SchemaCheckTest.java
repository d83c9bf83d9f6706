package dev.orrery.apiserver.structural;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.FieldErrors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Objects held against schemas, in Kubernetes' words.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation">
 *     Validation</a>
 */
class SchemaCheckTest {

    private static final JsonMapper MAPPER = new JsonMapper();

    private static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text.replace('\'', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A schema of the field {@code a} of the object. */
    private static Structural ofField(String schema) {
        return Structural.of(json("{'type': 'object', 'properties': {'a': " + schema + "}}"));
    }

    private static List<String> faults(String schema, String value) {
        FieldErrors errors = new FieldErrors();
        SchemaCheck.check(
                json("{'a': " + value + "}"),
                MissingNode.getInstance(),
                ofField(schema),
                "",
                errors);
        return errors.all().stream().map(Object::toString).toList();
    }

    @Test
    void saysWhatIsWrong() {
        record Row(String schema, String value, String fault) {}
        String in = ": a in body ";
        Row[] rows = {
            new Row(
                    "{'type': 'integer'}",
                    "'x'",
                    "a: Invalid value: \"string\"" + in + "must be of type integer: \"string\""),
            new Row(
                    "{'type': 'integer'}",
                    "1.5",
                    "a: Invalid value: \"number\"" + in + "must be of type integer: \"number\""),
            new Row(
                    "{'type': 'object'}",
                    "[]",
                    "a: Invalid value: \"array\"" + in + "must be of type object: \"array\""),
            new Row(
                    "{'type': 'string'}",
                    "null",
                    "a: Invalid value: \"null\"" + in + "must be of type string: \"null\""),
            new Row(
                    "{'x-kubernetes-int-or-string': true}",
                    "true",
                    "a: Invalid value: \"boolean\""
                            + in
                            + "must be of type integer,string: \"boolean\""),
            new Row(
                    "{'type': 'integer', 'maximum': 5, 'exclusiveMaximum': true}",
                    "5",
                    "a: Invalid value: 5" + in + "should be less than 5"),
            new Row(
                    "{'type': 'integer', 'minimum': 5}",
                    "4",
                    "a: Invalid value: 4" + in + "should be greater than or equal to 5"),
            new Row(
                    "{'type': 'number', 'multipleOf': 0.5}",
                    "0.7",
                    "a: Invalid value: 0.7" + in + "should be a multiple of 0.5"),
            new Row(
                    "{'type': 'string', 'minLength': 3}",
                    "'ab'",
                    "a: Invalid value: \"ab\"" + in + "should be at least 3 chars long"),
            new Row(
                    "{'type': 'string', 'maxLength': 3}",
                    "'abcd'",
                    "a: Too long: may not be more than 3 bytes"),
            new Row(
                    "{'type': 'string', 'pattern': '^a+$'}",
                    "'b'",
                    "a: Invalid value: \"b\"" + in + "should match '^a+$'"),
            new Row(
                    "{'type': 'string', 'enum': ['x', 'y']}",
                    "'z'",
                    "a: Unsupported value: \"z\": supported values: \"x\", \"y\""),
            new Row(
                    "{'type': 'string', 'format': 'date'}",
                    "'tomorrow'",
                    "a: Invalid value: \"tomorrow\"" + in + "must be of type date: \"tomorrow\""),
            new Row(
                    "{'type': 'array', 'items': {'type': 'string'}}",
                    "['x', 1]",
                    "a[1]: Invalid value: \"integer\": a[1] in body must be of type string:"
                            + " \"integer\""),
            new Row(
                    "{'type': 'array', 'maxItems': 1, 'items': {'type': 'string'}}",
                    "['x', 'y']",
                    "a: Too many: 2: must have at most 1 items"),
            new Row(
                    "{'type': 'array', 'minItems': 1, 'items': {'type': 'string'}}",
                    "[]",
                    "a: Invalid value: 0" + in + "should have at least 1 items"),
            new Row(
                    "{'type': 'object', 'required': ['b'], 'properties': {'b': {'type':"
                            + " 'string'}}}",
                    "{}",
                    "a.b: Required value"),
            new Row(
                    "{'type': 'object', 'additionalProperties': {'type': 'integer'}}",
                    "{'k': 'v'}",
                    "a.k: Invalid value: \"string\": a.k in body must be of type integer:"
                            + " \"string\""),
            new Row(
                    "{'type': 'object', 'maxProperties': 0}",
                    "{'k': 'v'}",
                    "a: Too many: 1: must have at most 0 items"),
            new Row(
                    "{'type': 'integer', 'not': {'enum': [1]}}",
                    "1",
                    "<nil>: Invalid value: \"\": \"a\" must not validate the schema (not)"),
        };
        for (Row row : rows) {
            assertThat(faults(row.schema, row.value))
                    .as(row.schema + " " + row.value)
                    .containsExactly(row.fault);
        }
    }

    @Test
    void takesWhatFits() {
        record Row(String schema, String value) {}
        Row[] rows = {
            new Row("{'type': 'integer'}", "2.0"),
            new Row("{'type': 'number'}", "2"),
            new Row("{'type': 'string', 'nullable': true}", "null"),
            new Row("{'x-kubernetes-int-or-string': true}", "'80%'"),
            new Row("{'type': 'string', 'format': 'nobody-knows'}", "'x'"),
            new Row("{'type': 'string', 'format': 'date-time'}", "'2026-01-01T10:00:00Z'"),
            new Row("{'type': 'string', 'format': 'ipv6'}", "'2001:db8::1'"),
            new Row(
                    "{'type': 'string', 'format': 'uuid'}",
                    "'123e4567-e89b-12d3-a456-426614174000'"),
            new Row("{'type': 'string', 'format': 'byte'}", "'aGk='"),
            new Row("{'type': 'string', 'format': 'duration'}", "'1h30m'"),
            new Row("{'type': 'string', 'format': 'isbn13'}", "'978-0321751041'"),
            new Row("{'type': 'integer', 'enum': [1, 2]}", "1"),
            new Row(
                    "{'type': 'object', 'anyOf': [{'required': ['b']}, {'required': ['c']}]}",
                    "{'c': 1}"),
        };
        for (Row row : rows) {
            assertThat(faults(row.schema, row.value)).as(row.schema + " " + row.value).isEmpty();
        }
    }

    @Test
    void tellsOfCompositionsTheNearestMiss() {
        String schema = "{'type': 'object', 'oneOf': [{'required': ['b']}, {'required': ['c']}]}";
        assertThat(faults(schema, "{}"))
                .containsExactly(
                        "<nil>: Invalid value: \"\": \"a\" must validate one and only one schema"
                                + " (oneOf). Found none valid",
                        "a.b: Required value");
        assertThat(faults(schema, "{'b': 1, 'c': 2}"))
                .containsExactly(
                        "<nil>: Invalid value: \"\": \"a\" must validate one and only one schema"
                                + " (oneOf). Found 2 valid alternatives");
        assertThat(faults("{'type': 'integer', 'allOf': [{'minimum': 1}, {'maximum': 2}]}", "3"))
                .containsExactly(
                        "a: Invalid value: 3: a in body should be less than or equal to 2",
                        "<nil>: Invalid value: \"\": \"a\" must validate all the schemas (allOf)");
    }

    @Test
    void letsStayWhatWasThereBefore() {
        Structural schema =
                ofField(
                        "{'type': 'object', 'properties': {'x': {'type': 'integer', 'maximum': 1},"
                                + " 'y': {'type': 'integer', 'maximum': 1}}}");
        FieldErrors errors = new FieldErrors();
        SchemaCheck.check(
                json("{'a': {'x': 5, 'y': 6}}"),
                json("{'a': {'x': 5, 'y': 1}}"),
                schema,
                "",
                errors);
        assertThat(errors.all().stream().map(Object::toString))
                .containsExactly(
                        "a.y: Invalid value: 6: a.y in body should be less than or equal to 1");
    }

    @Test
    void prunesWhatIsNotDeclared() {
        Structural schema =
                Structural.of(
                        json(
                                """
                                {'type': 'object', 'properties': {
                                  'spec': {'type': 'object', 'properties': {
                                    'a': {'type': 'string'},
                                    'free': {'type': 'object',
                                      'x-kubernetes-preserve-unknown-fields': true,
                                      'properties': {'known': {'type': 'object', 'properties': {
                                        'b': {'type': 'string'}}}}},
                                    'map': {'type': 'object', 'additionalProperties': {
                                      'type': 'object', 'properties': {'c': {'type': 'string'}}}},
                                    'list': {'type': 'array', 'items': {'type': 'object',
                                      'properties': {'d': {'type': 'string'}}}},
                                    'never': {'type': 'string'}}}}}
                                """));
        ObjectNode object =
                (ObjectNode)
                        json(
                                """
                                {'apiVersion': 'v1', 'kind': 'K', 'metadata': {'x': 1}, 'top': 1,
                                 'spec': {'a': '1', 'z': 1, 'never': null,
                                  'free': {'any': {'thing': 1}, 'known': {'b': '', 'no': 1}},
                                  'map': {'k': {'c': '', 'no': 1}},
                                  'list': [{'d': '', 'no': 1}]}}
                                """);
        assertThat(Pruning.prune(object, schema))
                .containsExactly(
                        "spec.free.known.no", "spec.list[0].no", "spec.map.k.no", "spec.z", "top");
        assertThat(object)
                .isEqualTo(
                        json(
                                """
                                {'apiVersion': 'v1', 'kind': 'K', 'metadata': {'x': 1},
                                 'spec': {'a': '1', 'free': {'any': {'thing': 1}, 'known': {'b': ''}},
                                  'map': {'k': {'c': ''}}, 'list': [{'d': ''}]}}
                                """));
    }

    @Test
    void fillsInDefaults() {
        Structural schema =
                Structural.of(
                        json(
                                """
                                {'type': 'object', 'properties': {
                                  'a': {'type': 'string', 'default': 'x'},
                                  'b': {'type': 'string', 'nullable': true, 'default': 'x'},
                                  'c': {'type': 'object', 'default': {}, 'properties': {
                                    'd': {'type': 'integer', 'default': 1}}},
                                  'e': {'type': 'object', 'properties': {
                                    'f': {'type': 'integer', 'default': 1}}},
                                  'g': {'type': 'array', 'items': {'type': 'object', 'properties': {
                                    'h': {'type': 'integer', 'default': 1}}}}}}
                                """));
        JsonNode object = json("{'a': null, 'b': null, 'g': [{}, {'h': 2}]}");
        Defaulting.fillIn(object, schema);
        assertThat(object)
                .isEqualTo(json("{'a': 'x', 'b': null, 'g': [{'h': 1}, {'h': 2}], 'c': {'d': 1}}"));
    }
}
