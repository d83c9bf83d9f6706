package dev.orrery.schema;

/**
 * One field of a type.
 *
 * @param index among the fields of its type
 * @param required a client must give it
 * @param pointer Go holds it by reference: its zero is a value, and it may be absent
 * @param always its zero value is written
 * @param number in protobuf; 0 where the model has none
 */
public record Field(
        String name,
        int index,
        Shape shape,
        boolean required,
        boolean pointer,
        boolean always,
        int number,
        Merging merging) {

    /** {@code paused: false} is the same as no {@code paused}, {@code replicas: 0} is not. */
    public boolean dropsZero() {
        return !pointer && !always;
    }
}
