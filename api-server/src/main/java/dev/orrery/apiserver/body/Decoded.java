package dev.orrery.apiserver.body;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * An object as a client sent it, checked against its schema.
 *
 * @param faults unknown and duplicate fields, which are not in the object: {@code unknown field
 *     "spec.foo"}
 */
public record Decoded(ObjectNode object, List<String> faults) {

    public Decoded {
        faults = List.copyOf(faults);
    }
}
