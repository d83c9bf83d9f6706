package dev.orrery.apiserver.rules.kind;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.Rules;
import dev.orrery.schema.Shape;
import dev.orrery.schema.StructType;
import java.util.Set;

/**
 * The least that can be asked of a kind: the texts that its schema requires are there. Numbers,
 * flags and lists have a zero that Kubernetes takes for an answer.
 */
public record RequiredFields(StructType type) implements Rules {

    /** The pipeline sees to the one; clients do not write the other. */
    private static final Set<String> NOT_HERE = Set.of("metadata", "status", "kind", "apiVersion");

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        Field root = Field.of(object, errors);
        for (dev.orrery.schema.Field field : type.fields()) {
            if (!NOT_HERE.contains(field.name())) {
                validate(field, root.get(field.name()));
            }
        }
    }

    private static void validate(dev.orrery.schema.Field field, Field value) {
        Shape shape = field.shape();
        switch (shape.kind()) {
            case STRING -> {
                if (field.required()) {
                    value.require("");
                }
            }
            case STRUCT -> {
                if (value.exists() || (field.required() && !field.pointer())) {
                    validate(shape.struct(), value);
                } else if (field.required()) {
                    value.required("");
                }
            }
            case LIST -> {
                if (shape.element().kind() == Shape.Kind.STRUCT) {
                    value.items().forEach(item -> validate(shape.element().struct(), item));
                }
            }
            default -> {}
        }
    }

    private static void validate(StructType type, Field value) {
        for (dev.orrery.schema.Field field : type.fields()) {
            validate(field, value.get(field.name()));
        }
    }
}
