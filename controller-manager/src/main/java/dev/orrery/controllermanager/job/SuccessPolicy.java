package dev.orrery.controllermanager.job;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.SuccessPolicyRule;
import java.util.Optional;

/** When an indexed job has succeeded although not all of its indexes have. */
final class SuccessPolicy {

    private SuccessPolicy() {}

    /** The rule that is met, in words; empty if none is. */
    static Optional<String> met(Job job, Intervals succeeded) {
        if (job.getSpec().getSuccessPolicy() == null || succeeded.total() == 0) {
            return Optional.empty();
        }
        int number = 0;
        for (SuccessPolicyRule rule : job.getSpec().getSuccessPolicy().getRules()) {
            if (isMet(rule, succeeded, Jobs.indexes(job))) {
                return Optional.of("Matched rules at index " + number);
            }
            number++;
        }
        return Optional.empty();
    }

    private static boolean isMet(SuccessPolicyRule rule, Intervals succeeded, int indexes) {
        Integer enough = rule.getSucceededCount();
        if (rule.getSucceededIndexes() == null) {
            return enough != null && succeeded.total() >= enough;
        }
        Intervals wanted = Intervals.parse(rule.getSucceededIndexes(), indexes);
        int reached = succeeded.shares(wanted);
        return wanted.total() > 0
                && (reached == wanted.total() || (enough != null && reached >= enough));
    }
}
