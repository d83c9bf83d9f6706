package dev.orrery.controllermanager.persistentvolume;

import dev.orrery.controllermanager.storage.Claims;
import dev.orrery.controllermanager.storage.Marks;
import dev.orrery.controllermanager.storage.StorageClasses;
import dev.orrery.controllermanager.storage.Volumes;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is to become of a claim. */
sealed interface ClaimPlan {

    /** Write the two down as each other's. Does nothing where that has been done. */
    record Bind(PersistentVolume volume) implements ClaimPlan {}

    /** It has no volume yet: tell why, if that is not plain. */
    record Pend(Optional<Notice> notice) implements ClaimPlan {}

    /** Its volume is gone for good; told once. */
    record Lose(Notice notice) implements ClaimPlan {}

    /** Ask someone outside this controller to make a volume. */
    record AskFor(String provisioner) implements ClaimPlan {}

    /** It named no class when there was no default one. */
    record TakeClass(String name) implements ClaimPlan {}

    static ClaimPlan of(PersistentVolumeClaim claim, ClaimView view) {
        if (Marks.has(claim, Marks.BIND_COMPLETED)) {
            return ofBound(claim, view.named());
        }
        return Claims.volumeName(claim).isEmpty()
                ? ofOpen(claim, view)
                : ofNamed(claim, view.named());
    }

    private static ClaimPlan ofBound(
            PersistentVolumeClaim claim, @Nullable PersistentVolume volume) {
        if (Claims.volumeName(claim).isEmpty()) {
            return lost(
                    "Bound claim has lost reference to PersistentVolume. Data on the volume is"
                            + " lost!");
        }
        if (volume == null) {
            return lost("Bound claim has lost its PersistentVolume. Data on the volume is lost!");
        }
        boolean own =
                Volumes.claim(volume) == null
                        || Volumes.claimUid(volume).equals(claim.getMetadata().getUid());
        return own
                ? new Bind(volume)
                : new Lose(
                        Notice.warning(
                                "ClaimMisbound",
                                "Two claims are bound to the same volume, this one is bound"
                                        + " incorrectly"));
    }

    private static ClaimPlan lost(String message) {
        return new Lose(Notice.warning("ClaimLost", message));
    }

    /** The user said which volume. */
    private static ClaimPlan ofNamed(
            PersistentVolumeClaim claim, @Nullable PersistentVolume volume) {
        if (volume == null) {
            return new Pend(Optional.empty());
        }
        if (Volumes.isFor(volume, claim)) {
            return new Bind(volume);
        }
        String name = volume.getMetadata().getName();
        if (Volumes.claim(volume) != null) {
            return pend(
                    Notice.warning(
                            "FailedBinding",
                            "volume \"" + name + "\" already bound to a different claim."));
        }
        return VolumeMatch.objection(volume, claim)
                .<ClaimPlan>map(why ->
                        pend(
                                Notice.warning(
                                        "VolumeMismatch",
                                        "Cannot bind to requested volume \"%s\": %s"
                                                .formatted(name, why))))
                .orElseGet(() -> new Bind(volume));
    }

    private static ClaimPlan ofOpen(PersistentVolumeClaim claim, ClaimView view) {
        boolean waits = StorageClasses.waitsForConsumer(view.storageClass());
        Optional<PersistentVolume> match = VolumeMatch.best(claim, view.candidates(), waits);
        if (match.isPresent()) {
            return new Bind(match.get());
        }
        if (!Claims.hasClass(claim) && view.defaultClass().isPresent()) {
            return new TakeClass(view.defaultClass().get());
        }
        if (waits && !Marks.has(claim, Marks.SELECTED_NODE)) {
            return pend(awaited(view));
        }
        if (Claims.className(claim).isEmpty()) {
            return pend(
                    Notice.normal(
                            "FailedBinding",
                            "no persistent volumes available for this claim and no storage class"
                                    + " is set"));
        }
        return provision(Claims.className(claim), view.storageClass());
    }

    private static Notice awaited(ClaimView view) {
        return switch (view.waitingPods().size()) {
            case 0 ->
                    Notice.normal(
                            "WaitForFirstConsumer",
                            "waiting for first consumer to be created before binding");
            case 1 ->
                    Notice.normal(
                            "WaitForPodScheduled",
                            "waiting for pod "
                                    + view.waitingPods().getFirst()
                                    + " to be scheduled");
            default ->
                    Notice.normal(
                            "WaitForPodScheduled",
                            "waiting for pods "
                                    + String.join(",", view.waitingPods())
                                    + " to be scheduled");
        };
    }

    private static ClaimPlan provision(String name, @Nullable StorageClass storageClass) {
        if (storageClass == null) {
            return pend(
                    Notice.warning(
                            "ProvisioningFailed",
                            "storageclass.storage.k8s.io \"" + name + "\" not found"));
        }
        String provisioner = storageClass.getProvisioner();
        return provisioner.startsWith("kubernetes.io/")
                ? pend(
                        Notice.warning(
                                "ProvisioningFailed",
                                "no volume plugin matched name: " + provisioner))
                : new AskFor(provisioner);
    }

    private static ClaimPlan pend(Notice notice) {
        return new Pend(Optional.of(notice));
    }
}
