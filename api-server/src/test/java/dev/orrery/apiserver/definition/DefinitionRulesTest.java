package dev.orrery.apiserver.definition;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.FieldErrors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What is wrong with definitions, in Kubernetes' words.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/kubernetes-api/extend-resources/custom-resource-definition-v1/">
 *     CustomResourceDefinition</a>
 */
class DefinitionRulesTest {

    private static final JsonMapper MAPPER = new JsonMapper();

    private static final String GOOD =
            """
            {'metadata': {'name': 'tabs.example.com'}, 'spec': {'group': 'example.com',
             'scope': 'Namespaced', 'names': {'plural': 'tabs', 'kind': 'Tab'},
             'versions': [{'name': 'v1', 'served': true, 'storage': true, 'schema':
               {'openAPIV3Schema': {'type': 'object', 'properties': {'spec': SPEC}}}}]}}
            """;

    private final DefinitionRules rules = new DefinitionRules();

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) MAPPER.readTree(text.replace('\'', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> faults(String definition) {
        ObjectNode object = json(definition);
        rules.setDefaults(object);
        rules.prepareForCreate(object);
        FieldErrors errors = new FieldErrors();
        rules.validateCreate(object, errors);
        return errors.all().stream().map(Object::toString).toList();
    }

    private static String withSpec(String schema) {
        return GOOD.replace("SPEC", schema);
    }

    @Test
    void takesAGoodDefinition() {
        assertThat(faults(withSpec("{'type': 'object'}"))).isEmpty();
    }

    @Test
    void checksNamesAndVersions() {
        record Row(String from, String to, String fault) {}
        Row[] rows = {
            new Row(
                    "tabs.example.com",
                    "other.example.com",
                    "metadata.name: Invalid value: \"other.example.com\": must be"
                            + " spec.names.plural+\".\"+spec.group"),
            new Row(
                    "'Namespaced'",
                    "'Galaxy'",
                    "spec.scope: Unsupported value: \"Galaxy\": supported values: \"Cluster\","
                            + " \"Namespaced\""),
            new Row("'kind': 'Tab'", "'kind': ''", "spec.names.kind: Required value"),
            new Row(
                    "'kind': 'Tab'",
                    "'kind': 'Tab', 'listKind': 'Tab'",
                    "spec.names.listKind: Invalid value: \"Tab\": kind and listKind may not be the"
                            + " same"),
            new Row(
                    "'storage': true",
                    "'storage': true, 'deprecationWarning': 'x'",
                    "spec.versions[0].deprecationWarning: Invalid value: \"x\": can only be set for"
                            + " deprecated versions"),
            new Row(
                    "'storage': true",
                    "'storage': true, 'additionalPrinterColumns': [{'name': 'a', 'type': 'x',"
                            + " 'jsonPath': 'spec'}]",
                    "spec.additionalPrinterColumns[0].type: Invalid value: \"x\": must be one of"
                            + " boolean,date,integer,number,string"),
            new Row(
                    "'storage': true",
                    "'storage': true, 'subresources': {'scale': {'specReplicasPath': '.x',"
                            + " 'statusReplicasPath': '.status.x'}}",
                    "spec.subresources.scale.specReplicasPath: Invalid value: \".x\": should be a"
                            + " json path under .spec"),
            new Row(
                    "'storage': true",
                    "'storage': true, 'selectableFields': [{'jsonPath': '.spec.no'}]",
                    "spec.versions[0].selectableFields[0].jsonPath: Invalid value: \".spec.no\": is"
                            + " an invalid path: does not refer to a valid field"),
        };
        for (Row row : rows) {
            assertThat(faults(withSpec("{'type': 'object'}").replace(row.from, row.to)))
                    .as(row.to)
                    .contains(row.fault);
        }
    }

    @Test
    void wantsOneStorageVersionAndASchema() {
        List<String> none =
                faults(
                        withSpec("{'type': 'object'}")
                                .replace("'storage': true", "'storage': false"));
        assertThat(none)
                .anyMatch(fault ->
                        fault.endsWith("must have exactly one version marked as storage version"));
        assertThat(
                        faults(
                                "{'metadata': {'name': 'tabs.example.com'}, 'spec': {'group':"
                                        + " 'example.com', 'scope': 'Namespaced', 'names': {'plural':"
                                        + " 'tabs', 'kind': 'Tab'}, 'versions': [{'name': 'v1',"
                                        + " 'served': true, 'storage': true}]}}"))
                .containsExactly("spec.versions[0].schema.openAPIV3Schema: Required value");
    }

    @Test
    void checksSchemas() {
        String at = "spec.validation.openAPIV3Schema.properties[spec]";
        record Row(String schema, String fault) {}
        Row[] rows = {
            new Row(
                    "{}",
                    at + ".type: Required value: must not be empty for specified object fields"),
            new Row("{'type': 'array'}", at + ".items: Required value: must be specified"),
            new Row(
                    "{'type': 'thing'}",
                    at
                            + ".type: Unsupported value: \"thing\": supported values: \"array\","
                            + " \"boolean\", \"integer\", \"number\", \"object\", \"string\""),
            new Row(
                    "{'type': 'object', 'properties': {'a': {'type': 'string'}},"
                            + " 'additionalProperties': {'type': 'string'}}",
                    at
                            + ".additionalProperties: Forbidden: additionalProperties and properties"
                            + " are mutual exclusive"),
            new Row(
                    "{'type': 'string', 'anyOf': [{'type': 'string'}]}",
                    at + ".anyOf[0].type: Forbidden: must be empty to be structural"),
            new Row(
                    "{'type': 'integer', 'default': 'x'}",
                    at
                            + ".default: Invalid value: \"string\":  in body must be of type"
                            + " integer: \"string\""),
            new Row(
                    "{'type': 'object', 'default': {'a': 1}}",
                    at + ".default: Invalid value: {\"a\":1}: must not have unknown fields"),
            new Row(
                    "{'type': 'array', 'uniqueItems': true, 'items': {'type': 'string'}}",
                    at
                            + ".uniqueItems: Forbidden: uniqueItems cannot be set to true since the"
                            + " runtime complexity becomes quadratic"),
            new Row(
                    "{'type': 'array', 'x-kubernetes-list-type': 'map', 'items': {'type':"
                            + " 'object', 'properties': {'n': {'type': 'string'}}},"
                            + " 'x-kubernetes-list-map-keys': ['n']}",
                    at
                            + ".items.properties[n].default: Required value: this property is in"
                            + " x-kubernetes-list-map-keys, so it must have a default or be a"
                            + " required property"),
            new Row(
                    "{'type': 'array', 'x-kubernetes-list-map-keys': ['n'], 'items': {'type':"
                            + " 'object'}}",
                    at
                            + ".x-kubernetes-list-type: Required value: must be map if"
                            + " x-kubernetes-list-map-keys is non-empty"),
            new Row(
                    "{'type': 'object', 'x-kubernetes-validations': [{'rule': ''}]}",
                    at
                            + ".x-kubernetes-validations[0].rule: Required value: rule is not specified"),
        };
        for (Row row : rows) {
            assertThat(faults(withSpec(row.schema))).as(row.schema).contains(row.fault);
        }
    }

    @Test
    void keepsGroupsOfKubernetesForTheApproved() {
        String definition = withSpec("{'type': 'object'}").replace("example.com", "x.k8s.io");
        assertThat(faults(definition))
                .containsExactly(
                        "metadata.annotations[api-approved.kubernetes.io]: Required value: protected"
                                + " groups must have approval annotation"
                                + " \"api-approved.kubernetes.io\", see"
                                + " https://github.com/kubernetes/enhancements/pull/1111");
        assertThat(
                        faults(
                                definition.replace(
                                        "'metadata': {",
                                        "'metadata': {'annotations': {'api-approved.kubernetes.io':"
                                                + " 'unapproved, testing'}, ")))
                .isEmpty();
    }
}
