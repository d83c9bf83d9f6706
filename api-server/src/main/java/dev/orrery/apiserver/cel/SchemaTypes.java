package dev.orrery.apiserver.cel;

import dev.orrery.apiserver.cel.DeclaredType.ListOf;
import dev.orrery.apiserver.cel.DeclaredType.MapOf;
import dev.orrery.apiserver.cel.DeclaredType.Member;
import dev.orrery.apiserver.cel.DeclaredType.Struct;
import dev.orrery.schema.Field;
import dev.orrery.schema.Shape;
import dev.orrery.schema.StructType;
import java.util.HashMap;
import java.util.Map;

/** The types of the schema as expressions know them. */
public final class SchemaTypes {

    private SchemaTypes() {}

    /** Its fields are read when an expression names one. */
    public static Struct of(StructType type) {
        return new Struct(type.name(), () -> members(type));
    }

    private static Map<String, Member> members(StructType type) {
        Map<String, Member> members = new HashMap<>();
        for (Field field : type.fields()) {
            members.put(field.name(), new Member(field.name(), of(field.shape())));
        }
        return members;
    }

    private static DeclaredType of(Shape shape) {
        return switch (shape.kind()) {
            case STRING, QUANTITY -> DeclaredType.STRING;
            case BOOL -> DeclaredType.BOOL;
            case INT32, INT64 -> DeclaredType.INT;
            case DOUBLE -> DeclaredType.DOUBLE;
            case BYTES -> DeclaredType.BYTES;
            case TIME, MICRO_TIME -> DeclaredType.TIMESTAMP;
            case DURATION -> DeclaredType.STRING;
            case STRUCT -> of(shape.struct());
            case LIST -> new ListOf(of(shape.element()));
            case MAP -> new MapOf(of(shape.element()));
            case INT_OR_STRING, ANY, SCHEMA_OR_BOOL, SCHEMA_OR_LIST, SCHEMA_OR_STRINGS ->
                    DeclaredType.DYN;
        };
    }
}
