package dev.orrery.scheduler.volume;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Disks that pods name themselves, without a claim, and of which one node can mount each only once,
 * or only for reading.
 */
public final class Disks {

    /**
     * @param shared mounted for reading only, which others may do too
     */
    private record Disk(Object identity, boolean shared) {}

    private Disks() {}

    public static boolean uses(Pod pod) {
        return pod.getSpec().getVolumes().stream().anyMatch(each -> disk(each) != null);
    }

    /** Whether the two pods cannot be on one node. */
    public static boolean conflict(Pod one, Pod other) {
        for (Volume volume : one.getSpec().getVolumes()) {
            Disk disk = disk(volume);
            if (disk != null && conflicts(disk, other)) {
                return true;
            }
        }
        return false;
    }

    private static boolean conflicts(Disk disk, Pod other) {
        for (Volume volume : other.getSpec().getVolumes()) {
            Disk there = disk(volume);
            if (there != null
                    && there.identity().equals(disk.identity())
                    && !(there.shared() && disk.shared())) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Disk disk(Volume volume) {
        if (volume.getGcePersistentDisk() != null) {
            var source = volume.getGcePersistentDisk();
            return new Disk(named("gce", source.getPdName()), isTrue(source.getReadOnly()));
        }
        if (volume.getAwsElasticBlockStore() != null) {
            return new Disk(named("aws", volume.getAwsElasticBlockStore().getVolumeID()), false);
        }
        if (volume.getIscsi() != null) {
            var source = volume.getIscsi();
            return new Disk(named("iscsi", source.getIqn()), isTrue(source.getReadOnly()));
        }
        if (volume.getRbd() != null) {
            var source = volume.getRbd();
            Collection<String> monitors = source.getMonitors();
            return new Disk(
                    named("rbd", source.getPool(), source.getImage(), Set.copyOf(monitors)),
                    isTrue(source.getReadOnly()));
        }
        return null;
    }

    private static Object named(@Nullable Object... parts) {
        return Arrays.asList(parts);
    }

    private static boolean isTrue(@Nullable Boolean flag) {
        return Boolean.TRUE.equals(flag);
    }
}
