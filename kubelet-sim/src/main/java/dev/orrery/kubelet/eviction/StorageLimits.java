package dev.orrery.kubelet.eviction;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Whether a pod has written more to its node's disk than it may: to an emptyDir, all its containers
 * together, or one container. Pure.
 */
public final class StorageLimits {

    private static final String STORAGE = "ephemeral-storage";

    private StorageLimits() {}

    /**
     * What a pod has written.
     *
     * @param emptyDir by the name of the volume
     * @param container by its name: its own files and its log
     */
    public record Usage(ToLongFunction<String> emptyDir, ToLongFunction<String> container) {}

    /** Whether there is anything to be watched. */
    public static boolean concern(Pod pod) {
        return pod.getSpec().getVolumes().stream().anyMatch(each -> limit(each) != null)
                || pod.getSpec().getContainers().stream().anyMatch(each -> limit(each) != null);
    }

    /** Why the pod is to go, in the kubelet's words; empty where it may stay. */
    public static Optional<String> exceeded(Pod pod, Usage usage) {
        for (Volume volume : pod.getSpec().getVolumes()) {
            Quantity limit = limit(volume);
            if (limit != null && usage.emptyDir().applyAsLong(volume.getName()) > bytes(limit)) {
                return Optional.of(
                        "Usage of EmptyDir volume \"%s\" exceeds the limit \"%s\". "
                                .formatted(volume.getName(), limit));
            }
        }
        return byPod(pod, usage).or(() -> byContainer(pod, usage));
    }

    private static Optional<String> byPod(Pod pod, Usage usage) {
        long limit = 0;
        long used = 0;
        Quantity only = null;
        for (Container container : pod.getSpec().getContainers()) {
            Quantity own = limit(container);
            if (own != null) {
                limit += bytes(own);
                only = limit == bytes(own) ? own : new Quantity(Long.toString(limit));
            }
            used += usage.container().applyAsLong(container.getName());
        }
        for (Volume volume : pod.getSpec().getVolumes()) {
            EmptyDirVolumeSource source = volume.getEmptyDir();
            if (source != null && !"Memory".equals(source.getMedium())) {
                used += usage.emptyDir().applyAsLong(volume.getName());
            }
        }
        return only != null && used > limit
                ? Optional.of(
                        "Pod ephemeral local storage usage exceeds the total limit of containers "
                                + only
                                + ". ")
                : Optional.empty();
    }

    private static Optional<String> byContainer(Pod pod, Usage usage) {
        for (Container container : pod.getSpec().getContainers()) {
            Quantity limit = limit(container);
            if (limit != null
                    && usage.container().applyAsLong(container.getName()) > bytes(limit)) {
                return Optional.of(
                        "Container %s exceeded its local ephemeral storage limit \"%s\". "
                                .formatted(container.getName(), limit));
            }
        }
        return Optional.empty();
    }

    private static @Nullable Quantity limit(Volume volume) {
        return volume.getEmptyDir() == null ? null : volume.getEmptyDir().getSizeLimit();
    }

    private static @Nullable Quantity limit(Container container) {
        Map<String, Quantity> limits =
                container.getResources() == null ? null : container.getResources().getLimits();
        return limits == null ? null : limits.get(STORAGE);
    }

    private static long bytes(Quantity quantity) {
        return quantity.getNumericalAmount().longValue();
    }
}
