package dev.orrery.kubelet.mount;

import dev.orrery.kubelet.volume.ClusterObjects;
import dev.orrery.kubelet.volume.Volumes;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What keeps the volumes of a pod from being mounted. */
final class Obstacles {

    private final ClusterObjects objects;
    private final ClaimedDisks disks;
    private final HostPaths host;
    private final Images images;
    private final List<Obstacle> found = new ArrayList<>();

    Obstacles(ClusterObjects objects, ClaimedDisks disks, HostPaths host, Images images) {
        this.objects = objects;
        this.disks = disks;
        this.host = host;
        this.images = images;
    }

    List<Obstacle> of(Pod pod) {
        new Volumes(objects).obstacles(pod).forEach(text -> found.add(Obstacle.toMount(text)));
        for (Volume volume : pod.getSpec().getVolumes()) {
            PersistentVolume disk = disks.disk(pod, volume);
            if (disk != null) {
                check(pod, volume, disk);
            } else {
                check(pod, volume);
            }
        }
        return found;
    }

    private void check(Pod pod, Volume volume, PersistentVolume disk) {
        boolean block = "Block".equals(disk.getSpec().getVolumeMode());
        for (Container container : pod.getSpec().getContainers()) {
            boolean mounted =
                    container.getVolumeMounts().stream()
                            .anyMatch(mount -> mount.getName().equals(volume.getName()));
            if (mounted && block) {
                wrongMode(volume, "Block", "volumeMounts");
            }
            boolean asDevice =
                    container.getVolumeDevices().stream()
                            .anyMatch(device -> device.getName().equals(volume.getName()));
            if (asDevice && !block) {
                wrongMode(volume, "Filesystem", "volumeDevices");
            }
        }
        String refusal = found.isEmpty() ? disks.attach(pod, disk) : null;
        if (refusal != null) {
            found.add(Obstacle.toAttach(refusal));
        }
        if (disk.getSpec().getHostPath() != null) {
            checkHostPath(
                    disk.getMetadata().getName(),
                    disk.getSpec().getHostPath().getPath(),
                    disk.getSpec().getHostPath().getType());
        }
    }

    private void wrongMode(Volume volume, String mode, String place) {
        String name = volume.getName();
        found.add(
                Obstacle.toMount(
                        "Unable to attach or mount volumes: unmounted volumes=[%s], unattached volumes=[], failed to process volumes=[%s]: volume %s has volumeMode %s, but is specified in %s"
                                .formatted(name, name, name, mode, place)));
    }

    private void check(Pod pod, Volume volume) {
        if (volume.getHostPath() != null) {
            checkHostPath(
                    volume.getName(),
                    volume.getHostPath().getPath(),
                    volume.getHostPath().getType());
        } else if (volume.getCsi() != null) {
            found.add(
                    Obstacle.toSetUp(
                            volume.getName(),
                            "kubernetes.io/csi: mounter.SetUpAt failed to get CSI client: driver"
                                    + " name "
                                    + volume.getCsi().getDriver()
                                    + " not found in the list of registered CSI drivers"));
        } else if (volume.getProjected() != null) {
            volume.getProjected().getSources().forEach(each -> check(pod, volume, each));
        } else if (volume.getImage() != null) {
            checkImage(volume.getImage().getReference());
        } else if (!isKnown(volume)) {
            found.add(
                    Obstacle.toMount(
                            "Unable to attach or mount volumes: unmounted volumes=[%s], unattached volumes=[], failed to process volumes=[%s]: failed to get Plugin from volumeSpec for volume \"%s\" err=no volume plugin matched"
                                    .formatted(
                                            volume.getName(), volume.getName(), volume.getName())));
        }
    }

    private static boolean isKnown(Volume volume) {
        return volume.getEmptyDir() != null
                || volume.getConfigMap() != null
                || volume.getSecret() != null
                || volume.getDownwardAPI() != null
                || volume.getPersistentVolumeClaim() != null
                || volume.getEphemeral() != null;
    }

    private void checkImage(String reference) {
        if (!images.exists(reference)) {
            found.add(
                    new Obstacle(
                            "Failed",
                            "Failed to pull image \"%s\": rpc error: code = NotFound desc = failed to pull and unpack image \"%s\": failed to resolve image: %s: not found"
                                    .formatted(reference, reference, reference)));
        }
    }

    private void check(Pod pod, Volume volume, VolumeProjection source) {
        String why = null;
        if (source.getServiceAccountToken() != null) {
            why = withoutAccount(pod);
        } else if (source.getClusterTrustBundle() != null
                && !Boolean.TRUE.equals(source.getClusterTrustBundle().getOptional())) {
            why = "ClusterTrustBundle projection is not simulated on these nodes";
        } else if (source.getPodCertificate() != null) {
            why = "PodCertificate projection is not simulated on these nodes";
        }
        if (why != null) {
            found.add(Obstacle.toSetUp(volume.getName(), why));
        }
    }

    private @Nullable String withoutAccount(Pod pod) {
        String named = pod.getSpec().getServiceAccountName();
        String account = named == null || named.isEmpty() ? "default" : named;
        return objects.accounts().get(pod.getMetadata().getNamespace(), account) == null
                ? "failed to fetch token: serviceaccounts \"" + account + "\" not found"
                : null;
    }

    private void checkHostPath(String volume, String path, @Nullable String type) {
        try {
            host.check(path, type);
        } catch (MountException e) {
            found.add(Obstacle.toSetUp(volume, e.text()));
        }
    }
}
