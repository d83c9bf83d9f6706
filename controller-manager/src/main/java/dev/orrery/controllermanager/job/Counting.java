package dev.orrery.controllermanager.job;

import dev.orrery.controllermanager.pod.Pods;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Whose end the status is to tell of in this run. The status first names them by uid; then they are
 * let go of; then they turn into figures. Whenever the controller is stopped in between, those that
 * are named and still held on to are named again and not counted twice, and those that are named
 * and no longer held on to are counted.
 *
 * @param letGo the pods to let go of once the status is written
 * @param succeeded all uids that the status names from now on; of an indexed job the index is
 *     enough
 * @param failed likewise
 * @param isAll false: there were more than one run counts
 */
record Counting(List<Pod> letGo, List<String> succeeded, List<String> failed, boolean isAll) {

    /** What a status can hold of uids and stay small. */
    static final int MOST = 500;

    Counting {
        letGo = List.copyOf(letGo);
        succeeded = List.copyOf(succeeded);
        failed = List.copyOf(failed);
    }

    /**
     * @param stopped the job has ended and has no active pod any longer
     */
    static Counting of(
            Situation situation, Verdict verdict, IndexFailures indexes, boolean stopped) {
        Round round = new Round(situation, verdict, stopped);
        List<Pod> due =
                situation.pods().stream()
                        .filter(Tracking::isTracked)
                        .filter(pod -> round.isDue(pod, indexes))
                        .sorted(Comparator.comparing(round::isNew).thenComparingInt(PodIndex::of))
                        .toList();
        List<Pod> now = due.subList(0, Math.min(due.size(), MOST));
        now.forEach(round::count);
        return new Counting(now, round.succeeded, round.failed, now.size() == due.size());
    }

    /** The lists as they grow, beginning with what the status named already. */
    private static final class Round {

        private final Situation situation;
        private final Verdict verdict;
        private final boolean stopped;
        private final Set<String> wereSucceeded;
        private final Set<String> wereFailed;
        private final List<String> succeeded = new ArrayList<>();
        private final List<String> failed = new ArrayList<>();

        Round(Situation situation, Verdict verdict, boolean stopped) {
            this.situation = situation;
            this.verdict = verdict;
            this.stopped = stopped;
            this.wereSucceeded = situation.uncountedSucceeded();
            this.wereFailed = situation.uncountedFailed();
            succeeded.addAll(wereSucceeded);
            failed.addAll(wereFailed);
        }

        /** What the status names already goes first, so that its lists stay short. */
        boolean isNew(Pod pod) {
            String uid = pod.getMetadata().getUid();
            return !wereSucceeded.contains(uid) && !wereFailed.contains(uid);
        }

        boolean isDue(Pod pod, IndexFailures indexes) {
            if (situation.isBeingDeleted() || stopped || hasSucceeded(pod)) {
                return true;
            }
            boolean ends = !(verdict instanceof Verdict.GoesOn);
            return situation.isFailed(pod) && (ends || !indexes.holdsBack(pod));
        }

        void count(Pod pod) {
            if (!isNew(pod)) {
                return;
            }
            String uid = pod.getMetadata().getUid();
            Job job = situation.job();
            if (hasSucceeded(pod)) {
                if (!Jobs.isIndexed(job)) {
                    succeeded.add(uid);
                }
            } else if (isFailure(pod)
                    && PodIndex.isValid(job, pod)
                    && FailurePolicy.of(job, pod).counts()) {
                failed.add(uid);
            }
        }

        /** Where the job fails, whoever has not succeeded by then has failed. */
        private boolean isFailure(Pod pod) {
            return switch (verdict) {
                case Verdict.Fails _ -> stopped || situation.isFailed(pod);
                case Verdict.Succeeds _ ->
                        stopped ? Pods.phase(pod).equals("Failed") : situation.isFailed(pod);
                case Verdict.GoesOn _ -> situation.isFailed(pod);
            };
        }

        private static boolean hasSucceeded(Pod pod) {
            return Pods.phase(pod).equals("Succeeded");
        }
    }
}
