package dev.orrery.apiserver.body;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.machinery.store.PatchType;

/**
 * Understands what clients send. Used from any thread.
 *
 * <p>All methods refuse with a {@link dev.orrery.apiserver.status.StatusException}.
 */
public interface Bodies {

    /**
     * Reads an object of a kind from JSON, YAML or protobuf.
     *
     * @param contentType empty for JSON
     */
    Decoded decode(byte[] body, String contentType, String apiVersion, String kind);

    /** Reads a patch, which is JSON or YAML. */
    JsonNode decodePatch(byte[] body, PatchType type);

    /**
     * Applies a patch and checks the result against the schema.
     *
     * @param current never changed
     */
    Decoded patch(
            ObjectNode current, JsonNode patch, PatchType type, String apiVersion, String kind);

    /**
     * Writes out what answers always contain though nobody gave it: {@code status: {}}. Changes the
     * object.
     */
    void complete(ObjectNode object, String apiVersion, String kind);
}
