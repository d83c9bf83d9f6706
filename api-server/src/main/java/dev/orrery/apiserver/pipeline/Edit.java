package dev.orrery.apiserver.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Makes the new version of an object from the current one; may be asked again with a newer one. */
@FunctionalInterface
public interface Edit {

    /**
     * @param current in the request's version, with its resourceVersion; may be changed and
     *     returned
     * @throws dev.orrery.apiserver.status.StatusException to refuse
     */
    ObjectNode edit(ObjectNode current);

    /** Whether it neither changes what it is given nor returns any part of it. */
    default boolean leavesCurrent() {
        return false;
    }

    /** Whether the new version says itself who owns which of its fields. */
    default boolean setsOwners() {
        return false;
    }
}
