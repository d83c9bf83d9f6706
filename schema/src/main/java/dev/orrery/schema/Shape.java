package dev.orrery.schema;

import org.jspecify.annotations.Nullable;

/**
 * What a field may hold. Immutable once {@link Schemas} is loaded.
 *
 * <p>{@code struct} is there for {@link Kind#STRUCT}, {@code element} for lists, sets and maps.
 */
public final class Shape {

    /** Everything that a value can be. */
    public enum Kind {
        STRING,
        BOOL,
        INT32,
        INT64,
        DOUBLE,
        /** Base64 text. */
        BYTES,
        /** RFC 3339, whole seconds. */
        TIME,
        /** RFC 3339, microseconds. */
        MICRO_TIME,
        /** Go's duration text, {@code 1h30m}. */
        DURATION,
        QUANTITY,
        INT_OR_STRING,
        /** Any JSON; kept as it comes. */
        ANY,
        STRUCT,
        LIST,
        MAP,
        /** The three places of a CRD's schema that hold a schema or something else. */
        SCHEMA_OR_BOOL,
        SCHEMA_OR_LIST,
        SCHEMA_OR_STRINGS
    }

    private final Kind kind;
    private final @Nullable Shape element;
    private final @Nullable StructType struct;
    private final String goType;

    Shape(Kind kind, @Nullable Shape element, @Nullable StructType struct, String goType) {
        this.kind = kind;
        this.element = element;
        this.struct = struct;
        this.goType = goType;
    }

    public Kind kind() {
        return kind;
    }

    /** Of a list or a map. */
    public Shape element() {
        if (element == null) {
            throw new IllegalStateException(goType + " has no elements");
        }
        return element;
    }

    /** Of a struct, and of the schema kinds: their schema. */
    public StructType struct() {
        if (struct == null) {
            throw new IllegalStateException(goType + " has no fields");
        }
        return struct;
    }

    public boolean isStruct() {
        return kind == Kind.STRUCT;
    }

    /** The name of the type in Kubernetes' own messages: {@code []v1.Container}. */
    public String goType() {
        return goType;
    }

    @Override
    public String toString() {
        return goType;
    }
}
