package dev.orrery.kubelet.volume;

import dev.orrery.kubelet.wording.Quoted;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether what a pod's volumes are made of is there. */
public final class Volumes {

    private final ClusterObjects objects;

    public Volumes(ClusterObjects objects) {
        this.objects = objects;
    }

    /** What keeps volumes from being mounted yet, as messages; empty where all can be. */
    public List<String> obstacles(Pod pod) {
        List<String> obstacles = new ArrayList<>();
        for (Volume volume : pod.getSpec().getVolumes()) {
            String missing = missing(pod.getMetadata().getNamespace(), volume);
            if (missing != null) {
                obstacles.add(
                        "MountVolume.SetUp failed for volume "
                                + Quoted.quote(volume.getName())
                                + " : "
                                + missing);
            }
        }
        claims(pod).ifPresent(obstacles::add);
        return obstacles;
    }

    private Optional<String> claims(Pod pod) {
        List<String> volumes = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (Volume volume : pod.getSpec().getVolumes()) {
            String name = claimName(pod, volume);
            String fault = name == null ? null : claim(pod.getMetadata().getNamespace(), name);
            if (fault != null) {
                volumes.add(volume.getName());
                faults.add(fault);
            }
        }
        String names = String.join(" ", volumes);
        return faults.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "Unable to attach or mount volumes: unmounted volumes=[%s], unattached volumes=[], failed to process volumes=[%s]: %s"
                                .formatted(names, names, String.join("; ", faults)));
    }

    private static @Nullable String claimName(Pod pod, Volume volume) {
        if (volume.getPersistentVolumeClaim() != null) {
            return volume.getPersistentVolumeClaim().getClaimName();
        }
        return volume.getEphemeral() == null
                ? null
                : pod.getMetadata().getName() + "-" + volume.getName();
    }

    private @Nullable String missing(String namespace, Volume volume) {
        if (volume.getConfigMap() != null) {
            return configMap(
                    namespace,
                    volume.getConfigMap().getName(),
                    volume.getConfigMap().getItems(),
                    volume.getConfigMap().getOptional());
        }
        if (volume.getSecret() != null) {
            return secret(
                    namespace,
                    volume.getSecret().getSecretName(),
                    volume.getSecret().getItems(),
                    volume.getSecret().getOptional());
        }
        if (volume.getProjected() != null) {
            return volume.getProjected().getSources().stream()
                    .map(source -> projected(namespace, source))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }
        return null;
    }

    private @Nullable String projected(String namespace, VolumeProjection source) {
        if (source.getConfigMap() != null) {
            return configMap(
                    namespace,
                    source.getConfigMap().getName(),
                    source.getConfigMap().getItems(),
                    source.getConfigMap().getOptional());
        }
        if (source.getSecret() != null) {
            return secret(
                    namespace,
                    source.getSecret().getName(),
                    source.getSecret().getItems(),
                    source.getSecret().getOptional());
        }
        return null;
    }

    private @Nullable String configMap(
            String namespace, String name, List<KeyToPath> items, @Nullable Boolean optional) {
        if (Boolean.TRUE.equals(optional)) {
            return null;
        }
        ConfigMap found = objects.configMaps().get(namespace, name);
        if (found == null) {
            return "configmap " + Quoted.quote(name) + " not found";
        }
        return missingKey(
                "config",
                items,
                Stream.concat(
                                found.getData().keySet().stream(),
                                found.getBinaryData().keySet().stream())
                        .toList());
    }

    private @Nullable String secret(
            String namespace, String name, List<KeyToPath> items, @Nullable Boolean optional) {
        if (Boolean.TRUE.equals(optional)) {
            return null;
        }
        Secret found = objects.secrets().get(namespace, name);
        if (found == null) {
            return "secret " + Quoted.quote(name) + " not found";
        }
        return missingKey("secret", items, List.copyOf(found.getData().keySet()));
    }

    private static @Nullable String missingKey(
            String kind, List<KeyToPath> items, List<String> keys) {
        return items.stream()
                .map(KeyToPath::getKey)
                .filter(key -> !keys.contains(key))
                .findFirst()
                .map(key -> "references non-existent " + kind + " key: " + key)
                .orElse(null);
    }

    private @Nullable String claim(String namespace, String name) {
        PersistentVolumeClaim found = objects.claims().get(namespace, name);
        String fault = found == null ? absent(name) : fault(found);
        return fault == null
                ? null
                : "error processing PVC %s/%s: %s".formatted(namespace, name, fault);
    }

    private static String absent(String name) {
        return "failed to fetch PVC from API server: persistentvolumeclaims "
                + Quoted.quote(name)
                + " not found";
    }

    private static @Nullable String fault(PersistentVolumeClaim claim) {
        if (claim.getMetadata().getDeletionTimestamp() != null) {
            return "PVC is being deleted";
        }
        boolean bound = claim.getStatus() != null && "Bound".equals(claim.getStatus().getPhase());
        return bound ? null : "PVC is not bound";
    }
}
