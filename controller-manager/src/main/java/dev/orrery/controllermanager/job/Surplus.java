package dev.orrery.controllermanager.job;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which of a job's active pods are too many. */
final class Surplus {

    private Surplus() {}

    /** All, while it is suspended; else those that cannot count, and as many as are too many. */
    static List<Pod> of(Situation situation) {
        List<Pod> active = situation.active();
        if (Jobs.isSuspended(situation.job())) {
            return active;
        }
        List<Pod> surplus = new ArrayList<>(useless(situation.job(), active));
        List<Pod> rest = new ArrayList<>(active);
        rest.removeAll(surplus);
        int over = active.size() - wanted(situation, active.size()) - surplus.size();
        rest.stream()
                .sorted(RemovalOrder.FIRST_TO_GO)
                .limit(Math.max(over, 0))
                .forEach(surplus::add);
        return surplus;
    }

    /** How many pods are to be active: no more than there are completions left. */
    static int wanted(Situation situation, int active) {
        Job job = situation.job();
        Integer completions = Jobs.completions(job);
        if (completions == null) {
            // A work queue: after the first success nobody starts, and nobody is stopped.
            return situation.succeeded() > 0 ? active : Jobs.parallelism(job);
        }
        int left = Math.max(completions - situation.succeeded(), 0);
        return Math.min(left, Jobs.parallelism(job));
    }

    /**
     * Pods that the job has let go of already; of an indexed job also those whose index it does not
     * have or another pod has too, of which the one that got furthest stays.
     */
    private static List<Pod> useless(Job job, List<Pod> active) {
        List<Pod> useless = new ArrayList<>();
        Set<Integer> taken = new HashSet<>();
        Comparator<Pod> furthestFirst = RemovalOrder.FIRST_TO_GO.reversed();
        for (Pod pod : active.stream().sorted(furthestFirst).toList()) {
            boolean doubled = Jobs.isIndexed(job) && !taken.add(PodIndex.of(pod));
            if (!Tracking.isTracked(pod) || !PodIndex.isValid(job, pod) || doubled) {
                useless.add(pod);
            }
        }
        return useless;
    }
}
