package dev.orrery.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Law: https://kubernetes.io/docs/concepts/storage/storage-classes/#volume-binding-mode */
class VolumeBindingTest {

    private static final String SELECTED = "volume.kubernetes.io/selected-node";

    private final FakeCluster cluster = new FakeCluster();

    @Test
    void tellsThatClaimIsMissingAndGoesOnWhenItIsThere() {
        cluster.put(Make.node("a"), using("data"));
        assertThat(cluster.scheduled("p"))
                .isEqualTo(
                        "False Unschedulable 0/1 nodes are available: persistentvolumeclaim"
                                + " \"data\" not found. not found");

        cluster.put(volume("pv", null), bound(claim("data"), "pv"));

        assertThat(cluster.nodeOf("p")).isEqualTo("a");
    }

    @Test
    void waitsForImmediateClaimToBeBound() {
        cluster.put(Make.node("a"), storageClass("Immediate"), claim("data"), using("data"));

        assertThat(cluster.scheduled("p"))
                .startsWith(
                        "False Unschedulable 0/1 nodes are available: pod has unbound immediate"
                                + " PersistentVolumeClaims.");
    }

    @Test
    void goesWhereTheVolumeIs() {
        cluster.put(Make.node("a"), Make.node("b"), Make.node("c"));
        cluster.put(volume("pv", "b"), bound(claim("data"), "pv"), using("data"));

        assertThat(cluster.nodeOf("p")).isEqualTo("b");
    }

    @Test
    void tellsThatNoNodeReachesTheVolume() {
        cluster.put(Make.node("a"), volume("pv", "b"), bound(claim("data"), "pv"), using("data"));

        assertThat(cluster.scheduled("p"))
                .startsWith(
                        "False Unschedulable 0/1 nodes are available: 1 node(s) didn't match"
                                + " PersistentVolume's node affinity.");
    }

    @Test
    void choosesNodeBeforeVolumeIsMadeAndBindsWhenItIsBound() {
        cluster.put(Make.node("a"), storageClass("WaitForFirstConsumer"), claim("data"));
        cluster.put(using("data"));
        assertThat(selectedNode("data")).isEqualTo("a");
        assertThat(cluster.nodeOf("p")).isEmpty();
        assertThat(cluster.events).isEmpty();

        cluster.put(volume("pv", "a"), bound(current("data"), "pv"));

        assertThat(cluster.nodeOf("p")).isEqualTo("a");
    }

    @Test
    void podThatWaitsForItsVolumeHoldsItsRoom() {
        cluster.put(Make.node("a", "1", "1Gi"), storageClass("WaitForFirstConsumer"));
        cluster.put(claim("data"), using("data"), Make.cpu("other", "1"));

        assertThat(cluster.nodeOf("other")).isEmpty();
    }

    @Test
    void searchesAnotherNodeWhenProvisioningFailed() {
        cluster.put(Make.node("a"), storageClass("WaitForFirstConsumer"), claim("data"));
        cluster.put(using("data"));
        cluster.put(Make.cordoned(Make.node("a")), Make.node("b"));

        cluster.put(claim("data"));
        assertThat(cluster.scheduled("p"))
                .isEqualTo(
                        "False SchedulerError running PreBind plugin \"VolumeBinding\": binding"
                                + " volumes: provisioning failed for PVC \"data\": selectedNode"
                                + " annotation value \"\" not set to scheduled node \"a\"");
        cluster.pass(Duration.ofSeconds(1));

        assertThat(selectedNode("data")).isEqualTo("b");
    }

    @Test
    void givesUpAfterTenMinutes() {
        cluster.put(Make.node("a"), storageClass("WaitForFirstConsumer"), claim("data"));
        cluster.put(using("data"));

        cluster.pass(Duration.ofMinutes(10));

        assertThat(cluster.scheduled("p")).endsWith("context deadline exceeded");
    }

    @Test
    void forgetsPodThatIsDeletedWhileItWaitsForItsVolume() {
        cluster.put(Make.node("a", "1", "1Gi"), storageClass("WaitForFirstConsumer"));
        cluster.put(claim("data"), using("data"), Make.cpu("other", "1"));

        cluster.delete(cluster.pod("p"));

        assertThat(cluster.nodeOf("other")).isEqualTo("a");
    }

    @Test
    void keepsAVolumeOnlyUntilItKnowsItsClaim() {
        cluster.put(Make.node("a"), storageClass("WaitForFirstConsumer"));
        cluster.put(volume("pv", "a"), claim("data"), using("data"));
        assertThat(volumeOwner("pv")).isEqualTo("uid-data");
        cluster.put(bound(current("data"), "pv"));
        assertThat(cluster.nodeOf("p")).isEqualTo("a");

        cluster.delete(cluster.pod("p"));
        cluster.delete(current("data"));
        cluster.put(volume("pv", "a"), claim("next"), using("next"));

        assertThat(volumeOwner("pv")).isEqualTo("uid-next");
    }

    private String volumeOwner(String name) {
        return Objects.requireNonNull(cluster.informers.of(PersistentVolume.class).get("", name))
                .getSpec()
                .getClaimRef()
                .getUid();
    }

    private String selectedNode(String claim) {
        return current(claim).getMetadata().getAnnotations().getOrDefault(SELECTED, "");
    }

    private PersistentVolumeClaim current(String claim) {
        return Objects.requireNonNull(
                cluster.informers.of(PersistentVolumeClaim.class).get("default", claim));
    }

    private static Pod using(String claim) {
        return Make.pod("p", Map.of("cpu", "1"))
                .editSpec()
                .addNewVolume()
                .withName("data")
                .withNewPersistentVolumeClaim(claim, false)
                .endVolume()
                .endSpec()
                .build();
    }

    private static PersistentVolumeClaim claim(String name) {
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(name)
                .withUid("uid-" + name)
                .endMetadata()
                .withNewSpec()
                .withStorageClassName("standard")
                .withAccessModes("ReadWriteOnce")
                .withNewResources()
                .addToRequests("storage", new Quantity("1Gi"))
                .endResources()
                .endSpec()
                .build();
    }

    private static PersistentVolumeClaim bound(PersistentVolumeClaim claim, String volume) {
        return claim.edit()
                .editMetadata()
                .addToAnnotations("pv.kubernetes.io/bind-completed", "yes")
                .endMetadata()
                .editSpec()
                .withVolumeName(volume)
                .endSpec()
                .build();
    }

    private static StorageClass storageClass(String mode) {
        return new StorageClassBuilder()
                .withNewMetadata()
                .withName("standard")
                .endMetadata()
                .withProvisioner("orrery.dev/volumes")
                .withVolumeBindingMode(mode)
                .build();
    }

    /** Reached from one node, or from all where none is named. */
    private static PersistentVolume volume(String name, @Nullable String node) {
        PersistentVolumeBuilder builder =
                new PersistentVolumeBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .addToCapacity("storage", new Quantity("1Gi"))
                        .withStorageClassName("standard")
                        .withAccessModes("ReadWriteOnce")
                        .endSpec();
        if (node == null) {
            return builder.build();
        }
        return builder.editSpec()
                .withNewNodeAffinity()
                .withNewRequired()
                .addNewNodeSelectorTerm()
                .addToMatchExpressions(Make.requirement("kubernetes.io/hostname", "In", node))
                .endNodeSelectorTerm()
                .endRequired()
                .endNodeAffinity()
                .endSpec()
                .build();
    }
}
