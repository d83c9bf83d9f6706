package dev.orrery.kubelet.volume;

import dev.orrery.kubelet.wording.Quoted;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeProjection;
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

    /** The message of the first volume that cannot be mounted yet; empty where all can. */
    public Optional<String> obstacle(Pod pod) {
        String namespace = pod.getMetadata().getNamespace();
        return pod.getSpec().getVolumes().stream()
                .map(volume -> obstacle(namespace, volume))
                .filter(Objects::nonNull)
                .findFirst();
    }

    private @Nullable String obstacle(String namespace, Volume volume) {
        if (volume.getPersistentVolumeClaim() != null) {
            return claim(namespace, volume.getPersistentVolumeClaim().getClaimName());
        }
        String missing = missing(namespace, volume);
        return missing == null
                ? null
                : "MountVolume.SetUp failed for volume "
                        + Quoted.quote(volume.getName())
                        + " : "
                        + missing;
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
        return missingKey(items, List.copyOf(found.getData().keySet()));
    }

    private static @Nullable String missingKey(List<KeyToPath> items, List<String> keys) {
        return items.stream()
                .map(KeyToPath::getKey)
                .filter(key -> !keys.contains(key))
                .findFirst()
                .map(key -> "references non-existent config key: " + key)
                .orElse(null);
    }

    private @Nullable String claim(String namespace, String name) {
        PersistentVolumeClaim found = objects.claims().get(namespace, name);
        if (found == null) {
            return "persistentvolumeclaim " + Quoted.quote(name) + " not found";
        }
        boolean bound = found.getStatus() != null && "Bound".equals(found.getStatus().getPhase());
        return bound ? null : "PVC is not bound";
    }
}
