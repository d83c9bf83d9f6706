package dev.orrery.controllermanager.garbage;

import dev.orrery.machinery.informer.ObjectMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What is to become of one object, given its owners and dependents. */
sealed interface GarbagePlan {

    /** Someone still needs it, or its deletion is somebody else's work. */
    record Keep() implements GarbagePlan {}

    /** Some owner still needs it; the references to those that do not are dropped. */
    record KeepWith(List<OwnerReference> owners) implements GarbagePlan {
        public KeepWith {
            owners = List.copyOf(owners);
        }
    }

    /**
     * No owner needs it.
     *
     * @param propagation what becomes of its own dependents
     * @param unblocks whether it must first stop holding up its owners: they form a circle
     */
    record Delete(String propagation, boolean unblocks) implements GarbagePlan {}

    /** It is being deleted and nothing holds it up any more. */
    record Release(String finalizer) implements GarbagePlan {}

    /** It is being deleted, and its dependents are to stay: they lose their references to it. */
    record Orphan(List<ObjectMetadata> dependents) implements GarbagePlan {
        public Orphan {
            dependents = List.copyOf(dependents);
        }
    }

    /**
     * @param owners the state of each owner, by uid
     * @param dependents what refers to the object
     */
    static GarbagePlan of(
            ObjectMetadata object,
            Map<String, OwnerState> owners,
            Collection<ObjectMetadata> dependents) {
        if (Finalizers.orphansDependents(object)) {
            return dependents.isEmpty()
                    ? new Release(Finalizers.ORPHAN)
                    : new Orphan(List.copyOf(dependents));
        }
        if (Finalizers.waitsForDependents(object)) {
            boolean blocked = dependents.stream().anyMatch(other -> blocks(other, object));
            return blocked ? new Keep() : new Release(Finalizers.FOREGROUND);
        }
        if (object.deleting() || object.owners().isEmpty()) {
            return new Keep();
        }
        return ofOwned(object, owners, dependents);
    }

    private static GarbagePlan ofOwned(
            ObjectMetadata object,
            Map<String, OwnerState> owners,
            Collection<ObjectMetadata> dependents) {
        List<OwnerReference> solid =
                object.owners().stream()
                        .filter(owner -> owners.get(owner.getUid()) == OwnerState.SOLID)
                        .toList();
        if (!solid.isEmpty()) {
            return solid.size() == object.owners().size() ? new Keep() : new KeepWith(solid);
        }
        if (owners.containsValue(OwnerState.WAITING) && !dependents.isEmpty()) {
            boolean circle = dependents.stream().anyMatch(Finalizers::waitsForDependents);
            return new Delete("Foreground", circle);
        }
        return new Delete(propagation(object), false);
    }

    /** A finalizer that is there already says what was asked for. */
    private static String propagation(ObjectMetadata object) {
        if (object.finalizers().contains(Finalizers.ORPHAN)) {
            return "Orphan";
        }
        return object.finalizers().contains(Finalizers.FOREGROUND) ? "Foreground" : "Background";
    }

    private static boolean blocks(ObjectMetadata dependent, ObjectMetadata owner) {
        return dependent.owners().stream()
                .filter(reference -> reference.getUid().equals(owner.uid()))
                .anyMatch(reference -> Boolean.TRUE.equals(reference.getBlockOwnerDeletion()));
    }
}
