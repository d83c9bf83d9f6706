package dev.orrery.apiserver.ownership;

import dev.orrery.apiserver.kind.Kind;
import dev.orrery.schema.apply.FieldSet;

/**
 * Who makes a change, and how.
 *
 * @param kind of the request, in whose version its fields are named
 * @param subresource empty for the object itself
 * @param manager empty where nobody knows
 * @param ignored fields that cannot be changed this way, and so are nobody's by it
 * @param time of the change, as the API writes it
 */
public record Claimant(
        Kind kind, String subresource, String manager, FieldSet ignored, String time) {

    /** Nobody owns these: the system keeps them. */
    static final FieldSet SYSTEM =
            FieldSet.ofFields(
                    "apiVersion",
                    "kind",
                    "metadata.name",
                    "metadata.namespace",
                    "metadata.creationTimestamp",
                    "metadata.selfLink",
                    "metadata.uid",
                    "metadata.clusterName",
                    "metadata.generation",
                    "metadata.managedFields",
                    "metadata.resourceVersion");

    /** What only the status sub-resource may change. */
    public static final FieldSet STATUS = FieldSet.ofFields("status");

    private static final FieldSet SYSTEM_AND_STATUS = SYSTEM.union(STATUS);

    FieldSet notLookedAt() {
        if (ignored.isEmpty()) {
            return SYSTEM;
        }
        return ignored.equals(STATUS) ? SYSTEM_AND_STATUS : SYSTEM.union(ignored);
    }

    Owner updating() {
        return Owner.updating(manager, kind.apiVersion(), subresource);
    }

    Owner applying() {
        return Owner.applying(manager, subresource);
    }

    Claimant as(String otherManager) {
        return new Claimant(kind, subresource, otherManager, ignored, time);
    }
}
