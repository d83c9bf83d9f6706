package dev.orrery.apiserver.body;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.schema.patch.Patch;
import dev.orrery.schema.patch.PatchFormat;

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

    /** Reads a patch. */
    Patch readPatch(byte[] body, PatchFormat format);

    /**
     * Applies a patch and checks the result against the schema.
     *
     * @param current never changed
     */
    Decoded patch(ObjectNode current, Patch patch, String apiVersion, String kind);

    /**
     * Checks an object that was put together against the schema.
     *
     * @param object never changed
     */
    Decoded check(ObjectNode object, String apiVersion, String kind);

    /**
     * Writes out what answers always contain though nobody gave it: {@code status: {}}. Changes the
     * object.
     */
    void complete(ObjectNode object, String apiVersion, String kind);
}
