package dev.orrery.controllermanager.persistentvolume;

import static dev.orrery.controllermanager.persistentvolume.Sample.claim;
import static dev.orrery.controllermanager.persistentvolume.Sample.volume;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.controllermanager.cluster.TestCluster;
import dev.orrery.controllermanager.ephemeralvolume.EphemeralVolumeController;
import dev.orrery.controllermanager.expansion.ExpansionController;
import dev.orrery.controllermanager.provisioner.DeletionController;
import dev.orrery.controllermanager.provisioner.ProvisionController;
import dev.orrery.controllermanager.provisioner.StandardClassController;
import dev.orrery.controllermanager.storage.Marks;
import dev.orrery.controllermanager.volumeprotection.ClaimProtection;
import dev.orrery.controllermanager.volumeprotection.VolumeProtection;
import dev.orrery.machinery.reconcile.Key;
import dev.orrery.machinery.store.Deletion;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * https://kubernetes.io/docs/concepts/storage/persistent-volumes/#lifecycle-of-a-volume-and-claim
 */
class StorageLoopTest {

    private final TestCluster cluster =
            TestCluster.with(
                    StandardClassController::loop,
                    ClaimController::loop,
                    VolumeController::loop,
                    ClaimProtection::loop,
                    VolumeProtection::loop,
                    ProvisionController::loop,
                    DeletionController::loop,
                    ExpansionController::loop,
                    EphemeralVolumeController::loop);

    @Test
    void bindsWhatFitsAndReleasesItAgain() {
        put(volume("disk", "8Gi"), claim("www", "5Gi", ""));

        assertThat(story("disk", "www")).isEqualTo("Bound/default/www Bound/disk 8Gi");
        assertThat(claimOf("www").getMetadata().getAnnotations())
                .containsOnlyKeys(Marks.BIND_COMPLETED, Marks.BOUND_BY_CONTROLLER);
        assertThat(cluster.writesOfAnotherRun(new Key("default", "www"))).isZero();
        assertThat(cluster.writesOfAnotherRun(new Key("", "disk"))).isZero();

        delete("www");

        assertThat(volumeOf("disk").getStatus().getPhase()).isEqualTo("Released");
    }

    @Test
    void bindsWhenTheVolumeComesLater() {
        put(claim("www", "5Gi", ""));
        assertThat(cluster.events().lines())
                .containsOnly(
                        "Normal FailedBinding no persistent volumes available for this claim and"
                                + " no storage class is set");

        put(volume("disk", "8Gi"));

        assertThat(story("disk", "www")).isEqualTo("Bound/default/www Bound/disk 8Gi");
    }

    @Test
    void givesTwoClaimsTwoVolumes() {
        put(volume("one", "8Gi"), volume("two", "8Gi"), claim("a", "5Gi", ""));
        put(claim("b", "5Gi", ""), claim("c", "5Gi", ""));

        assertThat(List.of("a", "b", "c"))
                .extracting(name -> claimOf(name).getStatus().getPhase())
                .containsExactly("Bound", "Bound", "Pending");
    }

    @Test
    void bindsWhenThePodsNodeIsKnownAndDeletesTheVolumeWithItsClaim() {
        put(claim("www", "5Gi", "standard"));
        assertThat(claimOf("www").getStatus().getPhase()).isEqualTo("Pending");
        cluster.events().clear();

        selectNode("www");

        String name = "pvc-" + claimOf("www").getMetadata().getUid();
        assertThat(story(name, "www")).isEqualTo("Bound/default/www Bound/" + name + " 5Gi");
        assertThat(cluster.events().lines())
                .contains(
                        "Normal Provisioning External provisioner is provisioning volume for claim"
                                + " \"default/www\"",
                        "Normal ProvisioningSucceeded Successfully provisioned volume " + name);

        delete("www");

        assertThat(cluster.store().list(PersistentVolume.class, "")).isEmpty();
    }

    @Test
    void takesTheDefaultClassOnceThereIsOne() {
        cluster.settle();
        cluster.store().delete(StorageClass.class, "", "standard", Deletion.ANY);
        put(claim("www", "5Gi", null));
        assertThat(claimOf("www").getSpec().getStorageClassName()).isNull();

        put(
                Sample.storageClass("new", "volumes.orrery.dev", "Immediate")
                        .edit()
                        .editMetadata()
                        .addToAnnotations("storageclass.kubernetes.io/is-default-class", "true")
                        .endMetadata()
                        .build());

        assertThat(claimOf("www").getSpec().getStorageClassName()).isEqualTo("new");
        assertThat(claimOf("www").getStatus().getPhase()).isEqualTo("Bound");
    }

    @Test
    void growsWithItsClaim() {
        put(claim("www", "5Gi", "standard"));
        selectNode("www");
        cluster.events().clear();

        cluster.store()
                .update(
                        Sample.claim(
                                claimOf("www"),
                                builder ->
                                        builder.editSpec()
                                                .editResources()
                                                .addToRequests("storage", new Quantity("8Gi"))
                                                .endResources()
                                                .endSpec()));
        cluster.settle();

        String name = "pvc-" + claimOf("www").getMetadata().getUid();
        assertThat(volumeOf(name).getSpec().getCapacity())
                .containsEntry("storage", new Quantity("8Gi"));
        assertThat(claimOf("www").getStatus().getCapacity())
                .containsEntry("storage", new Quantity("8Gi"));
        assertThat(claimOf("www").getStatus().getConditions()).isEmpty();
        assertThat(cluster.events().lines())
                .containsExactly(
                        "Normal ExternalExpanding waiting for an external controller to expand"
                                + " this PVC",
                        "Normal Resizing External resizer is resizing volume " + name,
                        "Normal VolumeResizeSuccessful Resize volume succeeded");
    }

    @Test
    void makesTheClaimsOfEphemeralVolumes() {
        put(
                new PodBuilder(Sample.pod("web", "www"))
                        .editSpec()
                        .addNewVolume()
                        .withName("scratch")
                        .withNewEphemeral()
                        .withNewVolumeClaimTemplate()
                        .withSpec(claim("x", "1Gi", "standard").getSpec())
                        .endVolumeClaimTemplate()
                        .endEphemeral()
                        .endVolume()
                        .endSpec()
                        .build());

        assertThat(claimOf("web-scratch").getMetadata().getOwnerReferences())
                .singleElement()
                .satisfies(owner -> assertThat(owner.getName()).isEqualTo("web"));
    }

    @Test
    void keepsAClaimUntilItsPodIsGone() {
        put(volume("disk", "8Gi"), claim("www", "5Gi", ""));
        Pod pod =
                new PodBuilder(Sample.pod("web", "www"))
                        .editSpec()
                        .withNodeName("n")
                        .endSpec()
                        .build();
        put(pod);

        delete("www");
        assertThat(claimOf("www").getMetadata().getDeletionTimestamp()).isNotNull();

        cluster.store().delete(Pod.class, "default", "web", Deletion.ANY.withGracePeriod(0));
        cluster.settle();
        assertThat(cluster.list(PersistentVolumeClaim.class)).isEmpty();
    }

    @Test
    void keepsABoundVolumeAndTellsOfOneThatWasLost() {
        put(volume("disk", "8Gi"), claim("www", "5Gi", ""));
        cluster.store().delete(PersistentVolume.class, "", "disk", Deletion.ANY);
        cluster.settle();
        assertThat(volumeOf("disk").getMetadata().getFinalizers())
                .containsExactly("kubernetes.io/pv-protection");

        cluster.store()
                .update(
                        volumeOf("disk")
                                .edit()
                                .editMetadata()
                                .withFinalizers(List.of())
                                .endMetadata()
                                .build());
        cluster.settle();

        assertThat(claimOf("www").getStatus().getPhase()).isEqualTo("Lost");
        assertThat(cluster.events().lines())
                .contains(
                        "Warning ClaimLost Bound claim has lost its PersistentVolume. Data on the"
                                + " volume is lost!");
    }

    @Test
    void saysAgainThatThereIsNoVolume() {
        put(claim("www", "5Gi", ""));
        cluster.events().clear();

        cluster.advance(Duration.ofSeconds(31));

        assertThat(cluster.events().lines()).hasSize(2);
    }

    private void put(HasMetadata... objects) {
        for (var object : objects) {
            cluster.create(object);
        }
        cluster.settle();
    }

    private void selectNode(String name) {
        cluster.store()
                .update(
                        Sample.claim(
                                claimOf(name),
                                builder ->
                                        builder.editMetadata()
                                                .addToAnnotations(Marks.SELECTED_NODE, "node-1")
                                                .endMetadata()));
        cluster.settle();
    }

    private void delete(String claim) {
        cluster.store().delete(PersistentVolumeClaim.class, "default", claim, Deletion.ANY);
        cluster.settle();
    }

    private PersistentVolumeClaim claimOf(String name) {
        return cluster.get(PersistentVolumeClaim.class, name);
    }

    private PersistentVolume volumeOf(String name) {
        return cluster.store().get(PersistentVolume.class, "", name);
    }

    private String story(String volume, String claim) {
        PersistentVolume found = volumeOf(volume);
        var reference = found.getSpec().getClaimRef();
        PersistentVolumeClaim bound = claimOf(claim);
        return "%s/%s/%s %s/%s %s"
                .formatted(
                        found.getStatus().getPhase(),
                        reference.getNamespace(),
                        reference.getName(),
                        bound.getStatus().getPhase(),
                        bound.getSpec().getVolumeName(),
                        bound.getStatus().getCapacity().get("storage"));
    }
}
