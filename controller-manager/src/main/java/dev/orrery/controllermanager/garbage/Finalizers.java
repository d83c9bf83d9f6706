package dev.orrery.controllermanager.garbage;

import dev.orrery.machinery.informer.ObjectMetadata;

/** The two finalizers by which a deletion says what is to become of the dependents. */
final class Finalizers {

    /** The object goes after the dependents that block it. */
    static final String FOREGROUND = "foregroundDeletion";

    /** The object goes once no dependent refers to it any more; they stay. */
    static final String ORPHAN = "orphan";

    private Finalizers() {}

    static boolean waitsForDependents(ObjectMetadata object) {
        return object.deleting() && object.finalizers().contains(FOREGROUND);
    }

    static boolean orphansDependents(ObjectMetadata object) {
        return object.deleting() && object.finalizers().contains(ORPHAN);
    }
}
