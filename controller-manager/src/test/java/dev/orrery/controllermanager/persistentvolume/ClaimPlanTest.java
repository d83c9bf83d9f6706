package dev.orrery.controllermanager.persistentvolume;

import static dev.orrery.controllermanager.persistentvolume.Sample.annotated;
import static dev.orrery.controllermanager.persistentvolume.Sample.claim;
import static dev.orrery.controllermanager.persistentvolume.Sample.keptFor;
import static dev.orrery.controllermanager.persistentvolume.Sample.naming;
import static dev.orrery.controllermanager.persistentvolume.Sample.volume;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.controllermanager.storage.Marks;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** https://kubernetes.io/docs/concepts/storage/persistent-volumes/ */
class ClaimPlanTest {

    private static final PersistentVolume DISK = volume("disk", "8Gi");
    private static final PersistentVolumeClaim OPEN = claim("www", "5Gi", null);
    private static final PersistentVolumeClaim CLASSLESS = claim("www", "5Gi", "");
    private static final PersistentVolumeClaim SLOW = claim("www", "5Gi", "slow");
    private static final PersistentVolumeClaim BOUND =
            annotated(naming(CLASSLESS, "disk"), Marks.BIND_COMPLETED);
    private static final StorageClass NOW = Sample.storageClass("slow", "who.example", "Immediate");
    private static final StorageClass LATER =
            Sample.storageClass("slow", "who.example", "WaitForFirstConsumer");
    private static final StorageClass NOBODY =
            Sample.storageClass("slow", "kubernetes.io/no-provisioner", "Immediate");

    private static final ClaimPlan NOTHING_FOUND =
            normal(
                    "FailedBinding",
                    "no persistent volumes available for this claim and no storage class is set");

    static Stream<Arguments> unbound() {
        return Stream.of(
                Arguments.of(
                        "finds one", CLASSLESS, see(null, null, DISK), new ClaimPlan.Bind(DISK)),
                Arguments.of("finds none", CLASSLESS, see(null, null), NOTHING_FOUND),
                Arguments.of("no class was ever said", OPEN, see(null, null), NOTHING_FOUND),
                Arguments.of(
                        "a default class came later",
                        OPEN,
                        new ClaimView(null, List.of(), null, Optional.of("slow"), List.of()),
                        new ClaimPlan.TakeClass("slow")),
                Arguments.of(
                        "the class is made elsewhere",
                        SLOW,
                        see(null, NOW),
                        new ClaimPlan.AskFor("who.example")),
                Arguments.of(
                        "nobody makes the class",
                        SLOW,
                        see(null, NOBODY),
                        warning(
                                "ProvisioningFailed",
                                "no volume plugin matched name: kubernetes.io/no-provisioner")),
                Arguments.of(
                        "there is no such class",
                        SLOW,
                        see(null, null),
                        warning(
                                "ProvisioningFailed",
                                "storageclass.storage.k8s.io \"slow\" not found")),
                Arguments.of(
                        "no pod wants it yet",
                        SLOW,
                        see(null, LATER),
                        normal(
                                "WaitForFirstConsumer",
                                "waiting for first consumer to be created before binding")),
                Arguments.of(
                        "a pod wants it",
                        SLOW,
                        waiting("web-0"),
                        normal("WaitForPodScheduled", "waiting for pod web-0 to be scheduled")),
                Arguments.of(
                        "two pods want it",
                        SLOW,
                        waiting("web-0", "web-1"),
                        normal(
                                "WaitForPodScheduled",
                                "waiting for pods web-0,web-1 to be scheduled")),
                Arguments.of(
                        "the pod's node is known",
                        annotated(SLOW, Marks.SELECTED_NODE),
                        see(null, LATER),
                        new ClaimPlan.AskFor("who.example")));
    }

    static Stream<Arguments> named() {
        PersistentVolumeClaim claim = naming(CLASSLESS, "disk");
        return Stream.of(
                Arguments.of(
                        "is not there",
                        claim,
                        see(null, null),
                        new ClaimPlan.Pend(Optional.empty())),
                Arguments.of("is free", claim, see(DISK, null), new ClaimPlan.Bind(DISK)),
                Arguments.of(
                        "is kept for it",
                        claim,
                        see(keptFor(DISK, "www", null), null),
                        new ClaimPlan.Bind(keptFor(DISK, "www", null))),
                Arguments.of(
                        "is another's",
                        claim,
                        see(keptFor(DISK, "other", "u"), null),
                        warning(
                                "FailedBinding",
                                "volume \"disk\" already bound to a different claim.")),
                Arguments.of(
                        "is too small",
                        claim,
                        see(volume("disk", "1Gi"), null),
                        mismatch("requested PV is too small")),
                Arguments.of(
                        "is of another class",
                        naming(SLOW, "disk"),
                        see(DISK, NOW),
                        mismatch("storageClassName does not match")),
                Arguments.of(
                        "is of another mode",
                        claim,
                        see(
                                volume(DISK, v -> v.editSpec().withVolumeMode("Block").endSpec()),
                                null),
                        mismatch("incompatible volumeMode")),
                Arguments.of(
                        "cannot be shared",
                        claim(claim, c -> c.editSpec().withAccessModes("ReadWriteMany").endSpec()),
                        see(DISK, null),
                        mismatch("incompatible accessMode")));
    }

    static Stream<Arguments> bound() {
        return Stream.of(
                Arguments.of(
                        "all is well",
                        BOUND,
                        see(keptFor(DISK, "www", "uid-www"), null),
                        new ClaimPlan.Bind(keptFor(DISK, "www", "uid-www"))),
                Arguments.of("the volume forgot", BOUND, see(DISK, null), new ClaimPlan.Bind(DISK)),
                Arguments.of(
                        "the volume is gone",
                        BOUND,
                        see(null, null),
                        lose(
                                "ClaimLost",
                                "Bound claim has lost its PersistentVolume. Data on the volume is lost!")),
                Arguments.of(
                        "the claim forgot",
                        annotated(CLASSLESS, Marks.BIND_COMPLETED),
                        see(null, null),
                        lose(
                                "ClaimLost",
                                "Bound claim has lost reference to PersistentVolume. Data on the volume is lost!")),
                Arguments.of(
                        "the volume is another's",
                        BOUND,
                        see(keptFor(DISK, "other", "u"), null),
                        lose(
                                "ClaimMisbound",
                                "Two claims are bound to the same volume, this one is bound incorrectly")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"unbound", "named", "bound"})
    void plans(String name, PersistentVolumeClaim claim, ClaimView view, ClaimPlan plan) {
        assertThat(ClaimPlan.of(claim, view)).isEqualTo(plan);
    }

    private static ClaimView see(
            @Nullable PersistentVolume named,
            @Nullable StorageClass storageClass,
            PersistentVolume... candidates) {
        return new ClaimView(named, List.of(candidates), storageClass, Optional.empty(), List.of());
    }

    private static ClaimView waiting(String... pods) {
        return new ClaimView(null, List.of(), LATER, Optional.empty(), List.of(pods));
    }

    private static ClaimPlan mismatch(String why) {
        return warning("VolumeMismatch", "Cannot bind to requested volume \"disk\": " + why);
    }

    private static ClaimPlan normal(String reason, String message) {
        return new ClaimPlan.Pend(Optional.of(Notice.normal(reason, message)));
    }

    private static ClaimPlan warning(String reason, String message) {
        return new ClaimPlan.Pend(Optional.of(Notice.warning(reason, message)));
    }

    private static ClaimPlan lose(String reason, String message) {
        return new ClaimPlan.Lose(Notice.warning(reason, message));
    }
}
