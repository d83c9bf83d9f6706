package dev.orrery.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.storage.CSINode;
import io.fabric8.kubernetes.api.model.storage.CSINodeBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Law: https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes,
 * https://kubernetes.io/docs/concepts/storage/storage-limits/ and
 * https://kubernetes.io/docs/setup/best-practices/multiple-zones/#storage-access-for-zones
 */
class VolumeRulesTest {

    private static final String NONE_FREE = "False Unschedulable 0/1 nodes are available: 1 ";

    private final FakeCluster cluster = new FakeCluster();

    @Test
    void givesAClaimForOnePodToOnePodAtATime() {
        cluster.put(Make.node("a"), volume("pv"), claim("data", "pv", "ReadWriteOncePod"));
        cluster.put(using("one", "data"));
        cluster.put(using("two", "data"));

        assertThat(cluster.nodeOf("one")).isEqualTo("a");
        assertThat(cluster.scheduled("two"))
                .startsWith(
                        NONE_FREE
                                + "node has pod using PersistentVolumeClaim with the same name and"
                                + " ReadWriteOncePod access mode.");

        cluster.delete(cluster.pod("one"));

        assertThat(cluster.nodeOf("two")).isEqualTo("a");
    }

    @Test
    void takesSuchAClaimFromALessImportantPod() {
        cluster.put(Make.node("a"), volume("pv"), claim("data", "pv", "ReadWriteOncePod"));
        cluster.put(using("one", "data"));
        cluster.put(using("two", "data").edit().editSpec().withPriority(10).endSpec().build());

        assertThat(cluster.pod("one").getMetadata().getDeletionTimestamp()).isNotNull();
    }

    @Test
    void mountsOneDiskOncePerNodeUnlessOnlyForReading() {
        cluster.put(Make.node("a"));
        cluster.put(disk("writer", false), disk("reader", true));
        assertThat(cluster.nodeOf("writer")).isEqualTo("a");
        assertThat(cluster.scheduled("reader"))
                .startsWith(NONE_FREE + "node(s) had no available disk.");

        cluster.delete(cluster.pod("writer"));
        cluster.put(disk("other", true));

        assertThat(cluster.nodeOf("reader")).isEqualTo("a");
        assertThat(cluster.nodeOf("other")).isEqualTo("a");
    }

    @Test
    void goesToTheZoneOfTheVolume() {
        String zone = "topology.kubernetes.io/zone";
        cluster.put(Make.labelled(Make.node("a"), zone, "east"));
        cluster.put(
                volume("pv")
                        .edit()
                        .editMetadata()
                        .addToLabels(zone, "north__west")
                        .endMetadata()
                        .build());
        cluster.put(claim("data", "pv", "ReadWriteOnce"), using("p", "data"));
        assertThat(cluster.scheduled("p"))
                .startsWith(NONE_FREE + "node(s) had no available volume zone.");

        cluster.put(Make.labelled(Make.node("b"), zone, "west"));

        assertThat(cluster.nodeOf("p")).isEqualTo("b");
    }

    @Test
    void attachesNoMoreVolumesThanTheDriverCan() {
        cluster.put(Make.node("a"), limit("a", 1), volume("one"), volume("two"));
        cluster.put(claim("one", "one", "ReadWriteOnce"), claim("two", "two", "ReadWriteOnce"));
        cluster.put(using("first", "one"), using("again", "one"), using("second", "two"));

        assertThat(cluster.nodeOf("first")).isEqualTo("a");
        assertThat(cluster.nodeOf("again")).isEqualTo("a");
        assertThat(cluster.scheduled("second"))
                .startsWith(NONE_FREE + "node(s) exceed max volume count.");

        cluster.put(limit("a", 2));

        assertThat(cluster.nodeOf("second")).isEqualTo("a");
    }

    private static Pod using(String name, String claim) {
        return Make.pod(name)
                .editSpec()
                .addNewVolume()
                .withName("data")
                .withNewPersistentVolumeClaim(claim, false)
                .endVolume()
                .endSpec()
                .build();
    }

    private static Pod disk(String name, boolean readOnly) {
        return Make.pod(name)
                .editSpec()
                .addNewVolume()
                .withName("data")
                .withNewGcePersistentDisk("ext4", 0, "disk", readOnly)
                .endVolume()
                .endSpec()
                .build();
    }

    private static PersistentVolumeClaim claim(String name, String volume, String mode) {
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(name)
                .withUid("uid-" + name)
                .addToAnnotations("pv.kubernetes.io/bind-completed", "yes")
                .endMetadata()
                .withNewSpec()
                .withVolumeName(volume)
                .withAccessModes(mode)
                .endSpec()
                .build();
    }

    private static PersistentVolume volume(String name) {
        return new PersistentVolumeBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withCapacity(Map.of("storage", new Quantity("1Gi")))
                .withNewCsi()
                .withDriver("disks.example")
                .withVolumeHandle(name)
                .endCsi()
                .endSpec()
                .build();
    }

    private static CSINode limit(String node, int count) {
        return new CSINodeBuilder()
                .withNewMetadata()
                .withName(node)
                .endMetadata()
                .withNewSpec()
                .addNewDriver()
                .withName("disks.example")
                .withNewAllocatable(count)
                .endDriver()
                .endSpec()
                .build();
    }
}
