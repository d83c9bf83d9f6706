package dev.orrery.scheduler;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tells the changes of a pod that can matter to scheduling from those that cannot. */
final class PodChanges {

    private PodChanges() {}

    /** Whether two versions of one pod are the same to the scheduler. */
    static boolean isSame(Pod before, Pod after) {
        return before.getMetadata().getLabels().equals(after.getMetadata().getLabels())
                && Objects.equals(
                        before.getMetadata().getDeletionTimestamp(),
                        after.getMetadata().getDeletionTimestamp())
                && isSameSpec(before, after)
                && isSameInPlace(before, after);
    }

    /** The generation moves with every change of the spec, except that a binding leaves it. */
    private static boolean isSameSpec(Pod before, Pod after) {
        if (!Objects.equals(before.getSpec().getNodeName(), after.getSpec().getNodeName())) {
            return false;
        }
        Long generation = after.getMetadata().getGeneration();
        boolean sameGeneration =
                generation != null && generation.equals(before.getMetadata().getGeneration());
        return sameGeneration || before.getSpec().equals(after.getSpec());
    }

    /** Resizes in place show in the containers' statuses. */
    private static boolean isSameInPlace(Pod before, Pod after) {
        List<ContainerStatus> was = containers(before);
        List<ContainerStatus> is = containers(after);
        if (was.size() != is.size()) {
            return noResources(was) && noResources(is);
        }
        for (int i = 0; i < was.size(); i++) {
            if (!Objects.equals(resources(was.get(i)), resources(is.get(i)))) {
                return false;
            }
        }
        return true;
    }

    private static List<ContainerStatus> containers(Pod pod) {
        return pod.getStatus() == null ? List.of() : pod.getStatus().getContainerStatuses();
    }

    private static boolean noResources(List<ContainerStatus> statuses) {
        return statuses.stream().allMatch(status -> resources(status) == null);
    }

    private static @Nullable ResourceRequirements resources(ContainerStatus status) {
        return status.getResources();
    }
}
