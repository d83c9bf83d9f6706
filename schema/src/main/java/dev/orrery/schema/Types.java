package dev.orrery.schema;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes types that no table holds: those that users describe. */
public final class Types {

    private Types() {}

    /**
     * @param others what fields may hold that are not declared; null where there may be none
     */
    public static StructType struct(
            String name, List<Field> fields, @Nullable Shape others, boolean atomic) {
        Map<String, Field> byName = HashMap.newHashMap(fields.size());
        fields.forEach(field -> byName.put(field.name(), field));
        @Nullable Object[] noNumbers = {};
        return new StructType(
                name,
                atomic,
                others,
                new StructType.Members(List.copyOf(fields), byName, noNumbers));
    }

    public static Shape of(Shape.Kind kind) {
        return new Shape(kind, null, null, kind.name());
    }

    public static Shape of(StructType struct) {
        return new Shape(Shape.Kind.STRUCT, null, struct, struct.goName());
    }

    /**
     * @param kind LIST or MAP
     */
    public static Shape of(Shape.Kind kind, Shape element) {
        return new Shape(kind, element, null, kind.name());
    }
}
