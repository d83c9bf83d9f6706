package dev.orrery.controllermanager.owner;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Owner references, and the one among them that marks an object's controller. */
public final class Owners {

    private Owners() {}

    /** The reference to the object's controller; an object has at most one. */
    public static @Nullable OwnerReference controllerOf(HasMetadata object) {
        return controllerAmong(object.getMetadata().getOwnerReferences());
    }

    public static boolean isControlledBy(HasMetadata object, HasMetadata owner) {
        OwnerReference controller = controllerOf(object);
        return controller != null && controller.getUid().equals(owner.getMetadata().getUid());
    }

    /** A controlling reference to the owner, which blocks the owner's foreground deletion. */
    public static OwnerReference controllerReference(HasMetadata owner) {
        return new OwnerReferenceBuilder()
                .withApiVersion(owner.getApiVersion())
                .withKind(owner.getKind())
                .withName(owner.getMetadata().getName())
                .withUid(owner.getMetadata().getUid())
                .withController(true)
                .withBlockOwnerDeletion(true)
                .build();
    }

    /** For an index of the objects that nobody controls, by namespace. */
    public static List<String> namespaceOfOrphan(HasMetadata object) {
        return controllerOf(object) == null
                ? List.of(object.getMetadata().getNamespace())
                : List.of();
    }

    public static boolean isBeingDeleted(HasMetadata object) {
        return object.getMetadata().getDeletionTimestamp() != null;
    }

    private static @Nullable OwnerReference controllerAmong(
            @Nullable List<OwnerReference> references) {
        if (references == null) {
            return null;
        }
        for (OwnerReference reference : references) {
            if (Boolean.TRUE.equals(reference.getController())) {
                return reference;
            }
        }
        return null;
    }
}
