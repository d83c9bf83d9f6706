package dev.orrery.apiserver.structural;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.structural.Structural.Additional;
import dev.orrery.schema.Field;
import dev.orrery.schema.Merging;
import dev.orrery.schema.Merging.Topology;
import dev.orrery.schema.Schemas;
import dev.orrery.schema.Shape;
import dev.orrery.schema.StructType;
import dev.orrery.schema.Types;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A schema as server-side apply sees it. */
public final class Shapes {

    private static final Shape ANY = Types.of(Shape.Kind.ANY);
    private static final Shape TEXT = Types.of(Shape.Kind.STRING);

    private Shapes() {}

    /**
     * The type of a kind.
     *
     * @param name of the type
     */
    public static StructType of(Structural schema, String name) {
        return struct(schema, name, schema.preserves(), true);
    }

    private static StructType struct(
            Structural schema, String name, boolean preserves, boolean resource) {
        Map<String, Field> fields = new LinkedHashMap<>();
        schema.properties()
                .forEach((field, property) ->
                        fields.put(field, field(fields.size(), field, property, preserves)));
        if (resource) {
            add(fields, "apiVersion", TEXT);
            add(fields, "kind", TEXT);
            add(fields, "metadata", Types.of(Schemas.kubernetes().meta("ObjectMeta")));
        }
        return Types.struct(
                name, List.copyOf(fields.values()), others(schema, preserves), isAtomic(schema));
    }

    private static void add(Map<String, Field> fields, String name, Shape shape) {
        fields.put(name, Field.described(name, fields.size(), shape, Merging.DEFAULT, null));
    }

    private static Field field(int index, String name, Structural schema, boolean preserves) {
        return Field.described(
                name, index, shape(schema, preserves), merging(schema), schema.defaultValue());
    }

    private static @Nullable Shape others(Structural schema, boolean preserves) {
        Additional additional = schema.additional();
        if (additional == null) {
            return preserves ? ANY : null;
        }
        if (additional.schema() != null) {
            return shape(additional.schema(), preserves);
        }
        return additional.allowed() ? ANY : null;
    }

    /** What is below a value that keeps all fields keeps all fields too. */
    private static Shape shape(Structural schema, boolean above) {
        boolean preserves = above || schema.preserves();
        return switch (schema.type()) {
            case "object" -> object(schema, preserves);
            case "array" ->
                    Types.of(
                            Shape.Kind.LIST,
                            schema.items() == null ? ANY : shape(schema.items(), preserves));
            case "string" -> TEXT;
            case "boolean" -> Types.of(Shape.Kind.BOOL);
            case "integer" -> Types.of(Shape.Kind.INT64);
            case "number" -> Types.of(Shape.Kind.DOUBLE);
            default ->
                    schema.intOrString()
                            ? Types.of(Shape.Kind.INT_OR_STRING)
                            : schema.properties().isEmpty() ? ANY : object(schema, preserves);
        };
    }

    private static Shape object(Structural schema, boolean preserves) {
        boolean bare = schema.properties().isEmpty() && !schema.embedded();
        Shape others = others(schema, preserves);
        if (bare) {
            return Types.of(Shape.Kind.MAP, others == null ? ANY : others);
        }
        return Types.of(struct(schema, "object", preserves, schema.embedded()));
    }

    private static boolean isAtomic(Structural schema) {
        return schema.source().path("x-kubernetes-map-type").asText("").equals("atomic");
    }

    private static Merging merging(Structural schema) {
        JsonNode source = schema.source();
        Topology topology =
                switch (schema.type().equals("array") ? schema.listType() : "") {
                    case "map" -> Topology.MAP;
                    case "set" -> Topology.SET;
                    case "atomic" -> Topology.ATOMIC;
                    default ->
                            source.path("x-kubernetes-map-type").asText("").equals("atomic")
                                    ? Topology.ATOMIC
                                    : Topology.DEFAULT;
                };
        return new Merging(topology, schema.mapKeys(), Merging.Patch.DEFAULT, "");
    }
}
