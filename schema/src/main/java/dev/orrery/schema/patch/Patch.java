package dev.orrery.schema.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.schema.StructType;
import java.util.List;

/**
 * A patch that has been read, and can be applied to any version of an object, more than once. For
 * any thread.
 *
 * <p>What comes out is not checked by the schema: give it to {@link dev.orrery.schema.Decoder}.
 */
public sealed interface Patch permits JsonPatch, MergePatch, StrategicMergePatch {

    /**
     * Makes a new object.
     *
     * @param current never changed
     * @param type of the object
     */
    JsonNode apply(ObjectNode current, StructType type) throws PatchException;

    /** What a strict reader objects to in the patch itself. */
    List<String> findings();
}
