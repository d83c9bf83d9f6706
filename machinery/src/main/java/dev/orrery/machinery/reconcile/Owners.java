package dev.orrery.machinery.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.List;

/** From an object to the object that controls it. */
final class Owners {

    private Owners() {}

    /** The key of the controlling owner; empty if it has none, or one of another kind. */
    static List<Key> controller(HasMetadata object, String kind) {
        return object.getMetadata().getOwnerReferences().stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                .filter(owner -> kind.equals(owner.getKind()))
                .map(owner -> ownerKey(object, owner))
                .toList();
    }

    private static Key ownerKey(HasMetadata object, OwnerReference owner) {
        return new Key(Key.of(object).namespace(), owner.getName());
    }
}
