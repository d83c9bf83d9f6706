package dev.orrery.schema;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * One field of a type.
 *
 * @param index among the fields of its type
 * @param required a client must give it
 * @param pointer Go holds it by reference: its zero is a value, and it may be absent
 * @param always its zero value is written
 * @param number in protobuf; 0 where the model has none
 * @param keyDefault what it holds that is not there, where it tells a list's items apart
 */
public record Field(
        String name,
        int index,
        Shape shape,
        boolean required,
        boolean pointer,
        boolean always,
        int number,
        Merging merging,
        @Nullable JsonNode keyDefault) {

    /** One that a user describes: nothing is written that is not there. */
    public static Field described(
            String name, int index, Shape shape, Merging merging, @Nullable JsonNode keyDefault) {
        return new Field(name, index, shape, false, true, false, 0, merging, keyDefault);
    }

    /** {@code paused: false} is the same as no {@code paused}, {@code replicas: 0} is not. */
    public boolean dropsZero() {
        return !pointer && !always;
    }
}
