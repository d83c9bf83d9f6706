package dev.orrery.controllermanager.podautoscaler;

import dev.orrery.controllermanager.owner.Owners;
import dev.orrery.controllermanager.pod.Pods;
import dev.orrery.controllermanager.time.Timestamps;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which pods' measurements count. A pod that is starting works for itself: its use of CPU says
 * nothing of the load.
 *
 * @param ready how many count
 * @param unready those that do not count yet
 * @param missing those of which nothing is known
 * @param ignored those that are going or gone
 */
record PodGroups(int ready, Set<String> unready, Set<String> missing, Set<String> ignored) {

    /** So long after its start a pod's use of CPU is looked at closely. Kubernetes' own. */
    static final Duration CPU_INITIALIZATION = Duration.ofMinutes(5);

    /** Unready since this soon after its start, it has never been ready. Kubernetes' own. */
    static final Duration INITIAL_READINESS = Duration.ofSeconds(30);

    PodGroups {
        unready = Set.copyOf(unready);
        missing = Set.copyOf(missing);
        ignored = Set.copyOf(ignored);
    }

    static PodGroups of(Collection<Pod> pods, Usage usage, Instant now) {
        Set<String> unready = new TreeSet<>();
        Set<String> missing = new TreeSet<>();
        Set<String> ignored = new TreeSet<>();
        int ready = 0;
        for (Pod pod : pods) {
            String name = pod.getMetadata().getName();
            Usage.Sample sample = usage.samples().get(name);
            if (Owners.isBeingDeleted(pod) || Pods.phase(pod).equals("Failed")) {
                ignored.add(name);
            } else if (Pods.phase(pod).equals("Pending")) {
                unready.add(name);
            } else if (sample == null) {
                missing.add(name);
            } else if (usage.resource().equals("cpu") && isStarting(pod, sample, now)) {
                unready.add(name);
            } else {
                ready++;
            }
        }
        return new PodGroups(ready, unready, missing, ignored);
    }

    private static boolean isStarting(Pod pod, Usage.Sample sample, Instant now) {
        PodCondition condition = Pods.condition(pod, "Ready");
        String started = pod.getStatus().getStartTime();
        if (condition == null || started == null) {
            return true;
        }
        boolean unready = condition.getStatus().equals("False");
        Instant start = Timestamps.parse(started);
        Instant since = Timestamps.parse(condition.getLastTransitionTime());
        return start.plus(CPU_INITIALIZATION).isAfter(now)
                ? unready || sample.time().isBefore(since.plus(sample.window()))
                : unready && start.plus(INITIAL_READINESS).isAfter(since);
    }
}
