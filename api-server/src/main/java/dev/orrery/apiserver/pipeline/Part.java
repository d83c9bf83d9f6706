package dev.orrery.apiserver.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.schema.apply.FieldSet;

/** What of an object an update may change: all but the status, or one sub-resource. */
interface Part {

    /** What nobody owns by changing this part, as it is not to be changed by it. */
    FieldSet ignored(Kind kind);

    /** Takes back what this part may not change. */
    default void confine(ObjectNode object, ObjectNode old) {}

    /** The kind's own preparation. */
    void prepare(Kind kind, ObjectNode object, ObjectNode old);

    void validate(Kind kind, ObjectNode object, ObjectNode old, FieldErrors errors);

    /** Whether what this part changes is what the user wants of the object. */
    default boolean changesGeneration() {
        return true;
    }
}
