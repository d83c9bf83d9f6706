package dev.orrery.schema.build;

import dev.orrery.schema.Merging;

/** A field as the generator knows it: {@link dev.orrery.schema.Field} and its description. */
record ModelField(
        String name,
        String description,
        ModelShape shape,
        boolean required,
        boolean pointer,
        boolean always,
        int number,
        Merging merging) {

    ModelField withNumber(int protobufNumber) {
        return new ModelField(
                name, description, shape, required, pointer, always, protobufNumber, merging);
    }
}
