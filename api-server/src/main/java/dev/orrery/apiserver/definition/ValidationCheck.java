package dev.orrery.apiserver.definition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.structural.Structural;
import java.util.List;
import java.util.Map;

/** The schema of a version. */
final class ValidationCheck {

    /** By their names in Go, which is how Kubernetes lists them. */
    private static final List<String> AT_ROOT =
            List.of(
                    "Description",
                    "Type",
                    "Format",
                    "Title",
                    "Maximum",
                    "ExclusiveMaximum",
                    "Minimum",
                    "ExclusiveMinimum",
                    "MaxLength",
                    "MinLength",
                    "Pattern",
                    "MaxItems",
                    "MinItems",
                    "UniqueItems",
                    "MultipleOf",
                    "Required",
                    "Items",
                    "Properties",
                    "ExternalDocs",
                    "Example",
                    "XPreserveUnknownFields",
                    "XValidations");

    private ValidationCheck() {}

    /**
     * @param validation holds the schema
     * @param status whether the status is a part with a path of its own
     * @param structural whether the schema must be structural
     */
    static void check(Field validation, boolean status, boolean structural) {
        Field schema = validation.get("openAPIV3Schema");
        if (!schema.exists()) {
            return;
        }
        if (status) {
            checkRoot(validation, schema);
        }
        if (schema.get("nullable").isTrue()) {
            validation
                    .get("openAPIV3Schema.nullable")
                    .forbidden("nullable cannot be true at the root");
        }
        if (structural) {
            FieldErrors found = StructuralCheck.check(schema);
            schema.errors().addAll(found.all());
            if (found.isEmpty() && isReadable(schema.value())) {
                DefaultsCheck.check(schema, Structural.of(schema.value()));
            }
        }
        int before = schema.errors().all().size();
        SchemaRules.check(schema);
        if (schema.errors().all().size() == before) {
            RulesCheck.compile(schema);
        }
    }

    /** Whether the schema has none of the parts that are refused wherever they stand. */
    private static boolean isReadable(JsonNode schema) {
        return schema.findValue("$ref") == null;
    }

    private static void checkRoot(Field validation, Field schema) {
        for (Map.Entry<String, JsonNode> field : schema.value().properties()) {
            String name = field.getKey();
            if (isNothing(field.getValue())) {
                continue;
            }
            if (name.equals("type")) {
                if (!schema.get("type").is("object")) {
                    validation
                            .get("openAPIV3Schema.type")
                            .invalid(
                                    schema.get("type").value(),
                                    "only \"object\" is allowed as the type at the root of the"
                                            + " schema if the status subresource is enabled");
                    return;
                }
            } else if (!AT_ROOT.contains(inGo(name))) {
                schema.invalid(
                        "only ["
                                + String.join(" ", AT_ROOT)
                                + "] fields are allowed at the root of the schema if the status"
                                + " subresource is enabled");
                return;
            }
        }
    }

    private static boolean isNothing(JsonNode value) {
        return value.isNull()
                || (value.isBoolean() && !value.booleanValue())
                || (value.isTextual() && value.textValue().isEmpty());
    }

    private static String inGo(String name) {
        return switch (name) {
            case "x-kubernetes-preserve-unknown-fields" -> "XPreserveUnknownFields";
            case "x-kubernetes-validations" -> "XValidations";
            default -> Character.toUpperCase(name.charAt(0)) + name.substring(1);
        };
    }
}
