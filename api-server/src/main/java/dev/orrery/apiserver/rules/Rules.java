package dev.orrery.apiserver.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The rules of one kind. The pipeline has already checked the object against the kind's schema
 * (types, unknown fields) and itself deals with what all kinds share: metadata, the status that
 * only the status sub-resource may write, generation.
 *
 * <p>Called on any thread, many at a time: implementations hold no state. {@code object} may be
 * changed in the methods that say so; {@code old} never.
 */
public interface Rules {

    /** A kind without rules of its own. */
    Rules NONE = new Rules() {};

    /**
     * Fills in what the user left out, after decoding and after every patch. Changes the object.
     */
    default void setDefaults(ObjectNode object) {}

    /** Before validation of a new object: drops or sets what a user may not. Changes the object. */
    default void prepareForCreate(ObjectNode object) {}

    /** Before validation of a new version. Changes the object. */
    default void prepareForUpdate(ObjectNode object, ObjectNode old) {}

    /** Before validation of a new version through the status sub-resource. Changes the object. */
    default void prepareForStatusUpdate(ObjectNode object, ObjectNode old) {}

    /** What is wrong with the object in itself; called for creates and updates. */
    default void validate(ObjectNode object, FieldErrors errors) {}

    /** What is wrong only with a new object; {@link #validate} is called as well. */
    default void validateCreate(ObjectNode object, FieldErrors errors) {}

    /** What the new version may not change; {@link #validate} is called as well. */
    default void validateUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {}

    /**
     * What a new version through a sub-resource other than the status may not change; {@link
     * #validate} is called as well.
     */
    default void validatePartUpdate(
            String part, ObjectNode object, ObjectNode old, FieldErrors errors) {}

    /** What only one object of the kind may have. */
    default Claims claims() {
        return Claims.NONE;
    }

    /** What is wrong with the new status. */
    default void validateStatusUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {}
}
