package dev.orrery.controllermanager.job;

import dev.orrery.controllermanager.owner.Owners;
import dev.orrery.controllermanager.pod.Pods;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * When a job's pods have ended, as far as its back-off depends on it. Seeing a pod twice changes
 * nothing, so that no run of the controller has to know what the one before it achieved.
 *
 * @param failed by uid, the pods that have failed since the last success
 */
record Endings(Map<String, Instant> failed, Instant lastSuccess) {

    static final Endings NONE = new Endings(Map.of(), Instant.EPOCH);

    Endings {
        failed = Map.copyOf(failed);
    }

    Endings and(Job job, Collection<Pod> pods) {
        Instant success = lastSuccess;
        Map<String, Instant> failures = new HashMap<>(failed);
        for (Pod pod : pods) {
            if (Pods.phase(pod).equals("Succeeded")) {
                Instant end = FinishTime.of(pod);
                success = end.isAfter(success) ? end : success;
            } else if (hasFailed(job, pod)) {
                failures.putIfAbsent(pod.getMetadata().getUid(), FinishTime.of(pod));
            }
        }
        Instant last = success;
        failures.values().removeIf(end -> !end.isAfter(last));
        return new Endings(failures, last);
    }

    /** A pod that the job has let go of, and that is on its way out, was deleted by the job. */
    private static boolean hasFailed(Job job, Pod pod) {
        return Tracking.isTracked(pod)
                ? Situation.isFailed(job, pod)
                : Pods.phase(pod).equals("Failed") && !Owners.isBeingDeleted(pod);
    }

    Backoff backoff() {
        return failed.values().stream()
                .max(Instant::compareTo)
                .map(last -> new Backoff(failed.size(), last))
                .orElse(Backoff.NONE);
    }
}
