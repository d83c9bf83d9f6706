package dev.orrery.controllermanager.job;

import dev.orrery.controllermanager.pod.Pods;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The restarts of containers in pods that are not replaced but started again. They count against
 * the backoff limit as failed pods do: with a limit of 3 the job fails at the third restart, with a
 * limit of 0 at the first.
 */
final class Restarts {

    private Restarts() {}

    static boolean exceed(Job job, Collection<Pod> pods) {
        if (!"OnFailure".equals(job.getSpec().getTemplate().getSpec().getRestartPolicy())) {
            return false;
        }
        return pods.stream().mapToInt(Restarts::of).sum() >= Math.max(1, Jobs.backoffLimit(job));
    }

    private static int of(Pod pod) {
        String phase = Pods.phase(pod);
        return phase.equals("Running") || phase.equals("Pending")
                ? of(pod.getStatus().getInitContainerStatuses())
                        + of(pod.getStatus().getContainerStatuses())
                : 0;
    }

    private static int of(@Nullable List<ContainerStatus> containers) {
        return containers == null
                ? 0
                : containers.stream().mapToInt(ContainerStatus::getRestartCount).sum();
    }
}
