package dev.orrery.controllermanager.job;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The completion index of a pod of an indexed job, and how often the index has failed. */
final class PodIndex {

    static final String ANNOTATION = "batch.kubernetes.io/job-completion-index";
    static final String FAILURES = "batch.kubernetes.io/job-index-failure-count";
    static final String IGNORED_FAILURES = "batch.kubernetes.io/job-index-ignored-failure-count";
    static final int UNKNOWN = -1;

    private PodIndex() {}

    /** The pod's index; {@link #UNKNOWN} if it has none. */
    static int of(Pod pod) {
        return number(pod, ANNOTATION, UNKNOWN);
    }

    /** Whether its index is one of the job's; pods of a job without indexes are always valid. */
    static boolean isValid(Job job, Pod pod) {
        int index = of(pod);
        return !Jobs.isIndexed(job) || (index != UNKNOWN && index < Jobs.indexes(job));
    }

    static Set<Integer> of(Collection<Pod> pods) {
        Set<Integer> indexes = new TreeSet<>();
        pods.stream().map(PodIndex::of).filter(index -> index != UNKNOWN).forEach(indexes::add);
        return indexes;
    }

    /** How often the index had failed when the pod was made. */
    static int failures(Pod pod) {
        return number(pod, FAILURES, 0);
    }

    /** As above, of failures that the job's failure policy does not count. */
    static int ignoredFailures(Pod pod) {
        return number(pod, IGNORED_FAILURES, 0);
    }

    static int allFailures(Pod pod) {
        return failures(pod) + ignoredFailures(pod);
    }

    private static int number(Pod pod, String annotation, int otherwise) {
        @Nullable String text =
                pod.getMetadata().getAnnotations() == null
                        ? null
                        : pod.getMetadata().getAnnotations().get(annotation);
        try {
            int number = text == null ? otherwise : Integer.parseInt(text);
            return number < 0 ? otherwise : number;
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }
}
