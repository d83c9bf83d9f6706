package dev.orrery.schema.build;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.orrery.schema.Shape.Kind;
import io.kubernetes.client.custom.IntOrString;
import io.kubernetes.client.custom.Quantity;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tells the shape of a field from its Java type and, where Java is vague, its message. */
final class ShapeReader {

    private static final Map<Class<?>, ModelShape> SCALARS =
            Map.of(
                    String.class, ModelShape.scalar(Kind.STRING, "string"),
                    Boolean.class, ModelShape.scalar(Kind.BOOL, "bool"),
                    Integer.class, ModelShape.scalar(Kind.INT32, "int32"),
                    Long.class, ModelShape.scalar(Kind.INT64, "int64"),
                    Double.class, ModelShape.scalar(Kind.DOUBLE, "float64"),
                    byte[].class, ModelShape.scalar(Kind.BYTES, "[]uint8"),
                    IntOrString.class, ModelShape.scalar(Kind.INT_OR_STRING, "intstr.IntOrString"),
                    Quantity.class, ModelShape.scalar(Kind.QUANTITY, "resource.Quantity"));

    private static final String SCHEMA =
            "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps";

    private ShapeReader() {}

    static ModelShape read(
            Type type, @Nullable FieldDescriptor field, Function<Class<?>, String> names) {
        return read(type, messageName(field), mapValue(field), names);
    }

    private static ModelShape read(
            Type type,
            String message,
            @Nullable FieldDescriptor mapValue,
            Function<Class<?>, String> names) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            return generic.getRawType() == List.class
                    ? ModelShape.list(read(arguments[0], message, null, names))
                    : ModelShape.map(read(arguments[1], messageName(mapValue), null, names));
        }
        if (type == OffsetDateTime.class) {
            return message.equals("MicroTime")
                    ? ModelShape.scalar(Kind.MICRO_TIME, "v1.MicroTime")
                    : ModelShape.scalar(Kind.TIME, "v1.Time");
        }
        if (type == Object.class) {
            return untyped(message);
        }
        if (type == String.class && message.equals("Duration")) {
            return ModelShape.scalar(Kind.DURATION, "v1.Duration");
        }
        ModelShape scalar = SCALARS.get((Class<?>) type);
        if (scalar != null) {
            return scalar;
        }
        String name = names.apply((Class<?>) type);
        return ModelShape.struct(
                Kind.STRUCT,
                name,
                ApiGroups.versionOf(name) + "." + name.substring(name.lastIndexOf('.') + 1));
    }

    private static ModelShape untyped(String message) {
        return switch (message) {
            case "JSONSchemaPropsOrBool" -> schema(Kind.SCHEMA_OR_BOOL, message);
            case "JSONSchemaPropsOrArray" -> schema(Kind.SCHEMA_OR_LIST, message);
            case "JSONSchemaPropsOrStringArray" -> schema(Kind.SCHEMA_OR_STRINGS, message);
            default -> ModelShape.scalar(Kind.ANY, "v1." + message);
        };
    }

    private static ModelShape schema(Kind kind, String message) {
        return ModelShape.struct(kind, SCHEMA, "v1." + message);
    }

    private static @Nullable FieldDescriptor mapValue(@Nullable FieldDescriptor field) {
        return field != null && field.isMapField()
                ? field.getMessageType().findFieldByNumber(2)
                : null;
    }

    private static String messageName(@Nullable FieldDescriptor field) {
        if (field == null || field.getType() != FieldDescriptor.Type.MESSAGE) {
            return "";
        }
        Descriptor message = field.getMessageType();
        return message.getName();
    }
}
