package dev.orrery.schema.build;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A type as the generator knows it.
 *
 * @param name as in OpenAPI
 * @param inlined by number in protobuf: the types whose fields belong to this one
 */
record ModelType(
        String name,
        String description,
        boolean atomic,
        List<ModelField> fields,
        Map<Integer, String> inlined) {

    String goName() {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    @Nullable ModelField field(String fieldName) {
        return fields.stream().filter(f -> f.name().equals(fieldName)).findFirst().orElse(null);
    }
}
