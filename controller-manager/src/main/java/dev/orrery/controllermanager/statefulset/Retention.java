package dev.orrery.controllermanager.statefulset;

import dev.orrery.controllermanager.owner.Owners;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * With whom a claim goes, told to the garbage collector by an owner reference: with the set, if it
 * is not to outlive the set; with its pod, if it is not to outlive the pod's place in the row and
 * the pod is beyond the row now; with nobody else.
 */
final class Retention {

    private static final String DELETE = "Delete";

    private final StatefulSet set;
    private final boolean withSet;
    private final boolean withPlace;

    Retention(StatefulSet set) {
        var policy = set.getSpec().getPersistentVolumeClaimRetentionPolicy();
        this.set = set;
        this.withSet = policy != null && DELETE.equals(policy.getWhenDeleted());
        this.withPlace = policy != null && DELETE.equals(policy.getWhenScaled());
    }

    /** The claim with the owners that it should have; the same one where it has them. */
    PersistentVolumeClaim of(PersistentVolumeClaim claim, Pod pod) {
        boolean leaves = withPlace && !Ordinals.of(set).contains(Ordinals.of(set, pod));
        HasMetadata owner = leaves ? pod : withSet ? set : null;
        return owner != null && controlledByStranger(claim, pod)
                ? claim
                : withOwner(claim, owner, pod);
    }

    /** The owners of a claim that is made for a place in the row. */
    PersistentVolumeClaim ofNew(PersistentVolumeClaim claim) {
        return withSet
                ? new PersistentVolumeClaimBuilder(claim)
                        .editMetadata()
                        .withOwnerReferences(Owners.controllerReference(set))
                        .endMetadata()
                        .build()
                : claim;
    }

    private boolean controlledByStranger(PersistentVolumeClaim claim, Pod pod) {
        OwnerReference controller = Owners.controllerOf(claim);
        return controller != null && !isOf(controller, set) && !isOf(controller, pod);
    }

    private PersistentVolumeClaim withOwner(
            PersistentVolumeClaim claim, @Nullable HasMetadata owner, Pod pod) {
        List<OwnerReference> before =
                Objects.requireNonNullElse(claim.getMetadata().getOwnerReferences(), List.of());
        List<OwnerReference> after = new ArrayList<>();
        boolean there = false;
        for (OwnerReference reference : before) {
            boolean wanted = owner != null && isOf(reference, owner);
            there |= wanted;
            if (wanted || (!isOf(reference, set) && !isOf(reference, pod))) {
                after.add(reference);
            }
        }
        if (owner != null && !there) {
            after.add(Owners.controllerReference(owner));
        }
        return after.equals(before)
                ? claim
                : new PersistentVolumeClaimBuilder(claim)
                        .editMetadata()
                        .withOwnerReferences(after)
                        .endMetadata()
                        .build();
    }

    private static boolean isOf(OwnerReference reference, HasMetadata owner) {
        return reference.getUid().equals(owner.getMetadata().getUid());
    }
}
