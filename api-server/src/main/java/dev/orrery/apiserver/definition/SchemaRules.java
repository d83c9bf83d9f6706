package dev.orrery.apiserver.definition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.rules.Field;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a schema may say, wherever it stands. */
final class SchemaRules {

    private static final List<String> TYPES =
            List.of("array", "boolean", "integer", "number", "object", "string");
    private static final Set<String> META = Set.of("metadata", "kind", "apiVersion");
    private static final String LIST_TYPE = "x-kubernetes-list-type";
    private static final String MAP_TYPE = "x-kubernetes-map-type";
    private static final String KEYS = "x-kubernetes-list-map-keys";
    private static final String EMBEDDED = "x-kubernetes-embedded-resource";

    /**
     * Where a schema stands.
     *
     * @param noDefaults why it may have no default; empty where it may
     */
    private record Place(boolean root, boolean insideMeta, String noDefaults) {

        Place within() {
            return root ? new Place(false, insideMeta, noDefaults) : this;
        }

        Place inMeta(String property) {
            return new Place(false, true, root ? "in top-level " + property : noDefaults);
        }

        Place withoutDefaults(String why) {
            return new Place(false, insideMeta, why);
        }
    }

    private SchemaRules() {}

    static void check(Field schema) {
        check(schema, new Place(true, false, ""));
    }

    private static void check(Field schema, Place place) {
        if (!schema.value().isObject()) {
            return;
        }
        standard(schema, place);
        if (schema.get("uniqueItems").isTrue()) {
            schema.get("uniqueItems")
                    .forbidden(
                            "uniqueItems cannot be set to true since the runtime complexity becomes"
                                    + " quadratic");
        }
        children(schema, place);
        for (String list : new String[] {"allOf", "anyOf", "oneOf"}) {
            schema.get(list).items().forEach(one -> check(one, place.within()));
        }
        check(schema.get("not"), place.within());
        check(schema.get("items"), place.within());
        Field preserves = schema.get("x-kubernetes-preserve-unknown-fields");
        if (preserves.exists() && !preserves.isTrue()) {
            preserves.invalid("must be true or undefined");
        }
        mapType(schema);
        listType(schema);
        RulesCheck.check(schema);
    }

    private static void children(Field schema, Place place) {
        Field additional = schema.get("additionalProperties");
        Field properties = schema.get("properties");
        if (additional.exists()) {
            boolean anything = additional.value().isBoolean() && additional.isTrue();
            if (!properties.isEmpty() && !anything) {
                additional.forbidden("additionalProperties and properties are mutual exclusive");
            }
            check(
                    additional,
                    place.insideMeta()
                            ? place.withoutDefaults(
                                    "inside additionalProperties applying to object metadata")
                            : place.within());
        }
        boolean resource = place.root() || schema.get(EMBEDDED).isTrue();
        for (Map.Entry<String, Field> property : properties.entries()) {
            String name = property.getKey();
            boolean meta = resource && META.contains(name);
            check(property.getValue(), meta ? place.inMeta(name) : place.within());
        }
    }

    private static void standard(Field schema, Place place) {
        Field type = schema.get("type");
        if (!type.isEmpty() && !TYPES.contains(type.text())) {
            type.notSupported(TYPES);
        }
        if (schema.get("default").exists() && !place.noDefaults().isEmpty()) {
            schema.get("default").forbidden("must not be set " + place.noDefaults());
        }
        for (String name :
                new String[] {
                    "id",
                    "additionalItems",
                    "patternProperties",
                    "definitions",
                    "dependencies",
                    "$ref"
                }) {
            Field field = schema.get(name);
            if (field.exists() && !(field.isEmpty() && !field.value().isBoolean())) {
                field.forbidden(name + " is not supported");
            }
        }
        if (type.is("null")) {
            type.forbidden("type cannot be set to null, use nullable as an alternative");
        }
        if (schema.get("items").value().isArray()) {
            schema.get("items").forbidden("items must be a schema object and not an array");
        }
        if (place.insideMeta() && schema.get(EMBEDDED).isTrue()) {
            schema.get(EMBEDDED).forbidden("must not be used inside of resource meta");
        }
    }

    private static void mapType(Field schema) {
        Field mapType = schema.get(MAP_TYPE);
        if (mapType.exists()) {
            ofType(schema, "object", "must be object if x-kubernetes-map-type is specified");
            mapType.oneOf(List.of("atomic", "granular"));
        }
    }

    private static void ofType(Field schema, String wanted, String message) {
        Field type = schema.get("type");
        if (type.isEmpty()) {
            type.required(message);
        } else if (!type.is(wanted)) {
            type.invalid(message);
        }
    }

    private static void listType(Field schema) {
        Field listType = schema.get(LIST_TYPE);
        Field keys = schema.get(KEYS);
        if (listType.exists()) {
            ofType(schema, "array", "must be array if x-kubernetes-list-type is specified");
            listType.oneOf(List.of("atomic", "set", "map"));
        }
        if (listType.is("set")) {
            setOfWholes(schema.get("items"));
        }
        String must = "must be map if x-kubernetes-list-map-keys is non-empty";
        if (!keys.isEmpty() && !listType.exists()) {
            listType.required(must);
        } else if (!keys.isEmpty() && !listType.is("map")) {
            listType.invalid(must);
        }
        if (listType.is("map")) {
            keyed(schema, keys);
        }
        if ((listType.is("map") || listType.is("set"))
                && schema.get("items", "nullable").isTrue()) {
            schema.get("items", "nullable")
                    .forbidden(
                            "cannot be nullable when x-kubernetes-list-type is " + listType.text());
        }
    }

    private static void setOfWholes(Field items) {
        String must = "must be atomic as item of a list with x-kubernetes-list-type=set";
        Field list = items.get(LIST_TYPE);
        Field map = items.get(MAP_TYPE);
        if (items.get("type").is("array") && list.exists() && !list.is("atomic")) {
            list.invalid(must);
        } else if (items.get("type").is("object") && !map.is("atomic")) {
            map.invalid(map.exists() ? map.value() : null, must);
        }
    }

    private static void keyed(Field schema, Field keys) {
        Field items = schema.get("items");
        if (keys.isEmpty()) {
            keys.required("must not be empty if x-kubernetes-list-type is map");
        }
        if (!items.exists()) {
            items.required("must have a schema if x-kubernetes-list-type is map");
            return;
        }
        Field type = items.get("type");
        if (!type.is("object")) {
            type.invalid(
                    type.text(), "must be object if parent array's x-kubernetes-list-type is map");
            return;
        }
        Set<String> seen = new HashSet<>();
        for (JsonNode key : keys.value()) {
            Field property = items.get("properties").key(key.asText());
            if (!property.exists()) {
                keys.invalid("entries must all be names of item properties");
            } else {
                key(items, property, key.asText());
            }
            if (!seen.add(key.asText())) {
                keys.invalid("must not contain duplicate entries");
            }
        }
    }

    private static void key(Field items, Field property, String name) {
        if (property.get("type").is("array") || property.get("type").is("object")) {
            property.get("type")
                    .invalid(
                            items.get("type").value(),
                            "must be a scalar type if parent array's x-kubernetes-list-type is"
                                    + " map");
        }
        boolean required = false;
        for (JsonNode one : items.get("required").value()) {
            required |= one.asText().equals(name);
        }
        if (!required && !property.get("default").exists()) {
            property.get("default")
                    .required(
                            "this property is in x-kubernetes-list-map-keys, so it must have a"
                                    + " default or be a required property");
        }
        if (property.get("nullable").isTrue()) {
            property.get("nullable")
                    .forbidden(
                            "this property is in x-kubernetes-list-map-keys, so it cannot be"
                                    + " nullable");
        }
    }
}
