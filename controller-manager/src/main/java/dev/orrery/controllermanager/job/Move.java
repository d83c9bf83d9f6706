package dev.orrery.controllermanager.job;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;

/** What is to be done about a job's pods; never creation and deletion in one run. */
sealed interface Move {

    /** The most pods that one run creates or removes, so that no job holds up the others. */
    int MOST = 500;

    /** Nothing, or nothing yet. */
    record Keep() implements Move {}

    /** These pods are missing. */
    record Create(List<Pod> pods) implements Move {
        public Create {
            pods = List.copyOf(pods);
        }
    }

    /** These pods are too many: let go of, deleted, and never counted. */
    record Remove(List<Pod> pods) implements Move {
        public Remove {
            pods = List.copyOf(pods);
        }
    }

    /** The job has ended: these pods are deleted, and held on to until its status tells of them. */
    record Stop(List<Pod> pods) implements Move {
        public Stop {
            pods = List.copyOf(pods);
        }
    }

    static Move of(Situation situation, Verdict verdict, IndexFailures indexes) {
        if (!(verdict instanceof Verdict.GoesOn)) {
            // First the status says how the job ends: pods that are gone could change the verdict.
            return Verdict.isWritten(situation) ? new Stop(situation.active()) : new Keep();
        }
        if (situation.isBeingDeleted()) {
            return new Keep();
        }
        List<Pod> surplus = Surplus.of(situation);
        if (!surplus.isEmpty()) {
            return new Remove(surplus.stream().limit(MOST).toList());
        }
        List<Pod> missing = Missing.of(situation, indexes);
        return missing.isEmpty() ? new Keep() : new Create(missing);
    }
}
