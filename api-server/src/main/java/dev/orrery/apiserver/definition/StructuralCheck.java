package dev.orrery.apiserver.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import java.util.Comparator;
import java.util.Map;

/**
 * Whether a schema is structural: every value has a type where it is declared, and what is composed
 * of several schemas only checks.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema">
 *     Specifying a structural schema</a>
 */
final class StructuralCheck {

    private static final String EMBEDDED = "x-kubernetes-embedded-resource";
    private static final String PRESERVES = "x-kubernetes-preserve-unknown-fields";
    private static final String INT_OR_STRING = "x-kubernetes-int-or-string";

    private enum Level {
        ROOT,
        ITEM,
        FIELD
    }

    private StructuralCheck() {}

    /** In the order of their texts. */
    static FieldErrors check(Field schema) {
        FieldErrors found = new FieldErrors();
        Field own = Field.at(schema.path(), schema.value(), found);
        invariants(own, Level.ROOT);
        Completeness.check(own);
        FieldErrors sorted = new FieldErrors();
        sorted.addAll(found.all().stream().sorted(Comparator.comparing(Object::toString)).toList());
        return sorted;
    }

    private static void invariants(Field schema, Level level) {
        if (schema.get("type").is("array") && !schema.get("items").exists()) {
            schema.get("items").required("must be specified");
        }
        if (schema.get("items").value().isObject()) {
            invariants(schema.get("items"), Level.ITEM);
        }
        for (Map.Entry<String, Field> property : schema.get("properties").entries()) {
            invariants(property.getValue(), Level.FIELD);
        }
        Field additional = schema.get("additionalProperties");
        if (additional.exists()) {
            if (level == Level.ROOT) {
                additional.forbidden("must not be used at the root");
            }
            if (additional.value().isObject()) {
                invariants(additional, Level.FIELD);
            }
        }
        extensions(schema);
        boolean skipsAnyOf = isIntOrString(schema.value().path("anyOf"));
        boolean skipsFirst = isIntOrString(schema.value().path("allOf").path(0).path("anyOf"));
        checks(schema, skipsAnyOf, skipsFirst);
        type(schema, level);
        meta(schema, level);
    }

    private static void extensions(Field schema) {
        if (!schema.get(INT_OR_STRING).isTrue()) {
            return;
        }
        for (String other : new String[] {PRESERVES, EMBEDDED}) {
            if (schema.get(other).isTrue()) {
                schema.get(other).invalid("must be false if x-kubernetes-int-or-string is true");
            }
        }
    }

    private static void type(Field schema, Level level) {
        Field type = schema.get("type");
        boolean embedded = schema.get(EMBEDDED).isTrue();
        boolean free = schema.get(INT_OR_STRING).isTrue() || schema.get(PRESERVES).isTrue();
        if (embedded && !type.is("object")) {
            String must = "must be object if x-kubernetes-embedded-resource is true";
            if (type.isEmpty()) {
                type.required(must);
            } else {
                type.invalid(must);
            }
        } else if (type.isEmpty() && !free) {
            type.required(
                    switch (level) {
                        case ROOT -> "must not be empty at the root";
                        case ITEM -> "must not be empty for specified array items";
                        case FIELD -> "must not be empty for specified object fields";
                    });
        }
        if (embedded && schema.get("additionalProperties").exists()) {
            schema.get("additionalProperties")
                    .forbidden("must not be used if x-kubernetes-embedded-resource is set");
        }
        if (level == Level.ROOT && !type.isEmpty() && !type.is("object")) {
            type.invalid("must be object at the root");
        }
    }

    private static void meta(Field schema, Level level) {
        boolean embedded = schema.get(EMBEDDED).isTrue();
        boolean resource = level == Level.ROOT || embedded;
        Field properties = schema.get("properties");
        for (String name : new String[] {"kind", "apiVersion"}) {
            Field property = properties.key(name);
            if (resource && property.exists() && !property.get("type").is("string")) {
                property.get("type").invalid(property.get("type").text(), "must be string");
            }
        }
        Field metadata = properties.key("metadata");
        if (metadata.exists()) {
            if (resource && !metadata.get("type").is("object")) {
                metadata.get("type").invalid(metadata.get("type").text(), "must be object");
            }
            if (level == Level.ROOT && saysMoreThanNames(metadata.value())) {
                metadata.forbidden(
                        "must not specify anything other than name and generateName, but metadata"
                                + " is implicitly specified");
            }
        }
        if (embedded && !schema.get(PRESERVES).isTrue() && properties.isEmpty()) {
            properties.required(
                    "must not be empty if x-kubernetes-embedded-resource is true without"
                            + " x-kubernetes-preserve-unknown-fields");
        }
    }

    private static boolean saysMoreThanNames(JsonNode metadata) {
        for (Map.Entry<String, JsonNode> field : metadata.properties()) {
            switch (field.getKey()) {
                case "type", "default" -> {}
                case "properties" -> {
                    for (Map.Entry<String, JsonNode> one : field.getValue().properties()) {
                        if (!one.getKey().equals("name") && !one.getKey().equals("generateName")) {
                            return true;
                        }
                    }
                }
                default -> {
                    return true;
                }
            }
        }
        return false;
    }

    /** As {@code x-kubernetes-int-or-string} is often written out. */
    private static boolean isIntOrString(JsonNode anyOf) {
        return anyOf.size() == 2
                && isOnly(anyOf.get(0), "integer")
                && isOnly(anyOf.get(1), "string");
    }

    private static boolean isOnly(JsonNode schema, String type) {
        return schema.size() == 1 && schema.path("type").asText("").equals(type);
    }

    private static void checks(Field schema, boolean skipsAnyOf, boolean skipsFirst) {
        if (!skipsAnyOf) {
            schema.get("anyOf").items().forEach(one -> nested(one, false));
        }
        int index = 0;
        for (Field one : schema.get("allOf").items()) {
            nested(one, skipsFirst && index++ == 0);
        }
        schema.get("oneOf").items().forEach(one -> nested(one, false));
        if (schema.get("not").exists()) {
            nested(schema.get("not"), false);
        }
        Field pattern = schema.get("pattern");
        try {
            var _ = Pattern.compile(pattern.text());
        } catch (PatternSyntaxException e) {
            pattern.invalid("must be a valid regular expression, but isn't: " + e.getMessage());
        }
    }

    private static void nested(Field schema, boolean skipsAnyOf) {
        checks(schema, skipsAnyOf, false);
        if (schema.get("items").value().isObject()) {
            nested(schema.get("items"), false);
        }
        for (Map.Entry<String, Field> property : schema.get("properties").entries()) {
            nested(property.getValue(), false);
        }
        String undefined = "must be undefined to be structural";
        String empty = "must be empty to be structural";
        String no = "must be false to be structural";
        forbid(schema, "type", empty);
        forbid(schema, "additionalProperties", undefined);
        forbid(schema, "default", undefined);
        forbid(schema, "title", empty);
        forbid(schema, "description", empty);
        forbid(schema, "nullable", no);
        forbid(schema, PRESERVES, no);
        forbid(schema, EMBEDDED, no);
        forbid(schema, INT_OR_STRING, no);
        forbid(schema, "x-kubernetes-list-map-keys", empty);
        forbid(schema, "x-kubernetes-list-type", undefined);
        forbid(schema, "x-kubernetes-map-type", undefined);
        forbid(schema, "x-kubernetes-validations", empty);
        if (schema.get("properties").key("metadata").exists()) {
            schema.get("properties")
                    .key("metadata")
                    .forbidden("must not be specified in a nested context");
        }
    }

    private static void forbid(Field schema, String name, String why) {
        Field field = schema.get(name);
        boolean isFalse = field.value().isBoolean() && !field.isTrue();
        boolean empty = field.isEmpty() && !name.equals("default");
        if (field.exists() && !isFalse && !empty) {
            field.forbidden(why);
        }
    }
}
