package dev.orrery.controllermanager.job;

import dev.orrery.controllermanager.pod.PodStamp;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;

/** Makes a job's pods: held on to by its finalizer and, where it has indexes, of one of them. */
final class JobPodStamp {

    private static final String VARIABLE = "JOB_COMPLETION_INDEX";
    private static final String INDEX_LABEL = "metadata.labels['" + PodIndex.ANNOTATION + "']";

    /** The server puts five characters after a prefix, and the whole must be a host's name. */
    private static final int LONGEST_PREFIX = 58;

    private JobPodStamp() {}

    static Pod pod(Job job) {
        Pod pod = PodStamp.pod(job, job.getSpec().getTemplate());
        return Tracking.isTracked(pod)
                ? pod
                : new PodBuilder(pod)
                        .editMetadata()
                        .addToFinalizers(Tracking.FINALIZER)
                        .endMetadata()
                        .build();
    }

    static Pod pod(Job job, int index, IndexFailures failures) {
        String number = Integer.toString(index);
        PodBuilder builder =
                new PodBuilder(pod(job))
                        .editMetadata()
                        .withGenerateName(prefix(job.getMetadata().getName(), index))
                        .addToAnnotations(PodIndex.ANNOTATION, number)
                        .addToLabels(PodIndex.ANNOTATION, number)
                        .endMetadata()
                        .editSpec()
                        .withHostname(job.getMetadata().getName() + "-" + index)
                        .endSpec();
        Pod pod = withVariables(builder.build());
        return Jobs.hasBackoffLimitPerIndex(job) ? withFailures(job, pod, index, failures) : pod;
    }

    static String prefix(String job, int index) {
        String end = "-" + index + "-";
        int room = LONGEST_PREFIX - end.length();
        return (job.length() > room ? job.substring(0, room) : job) + end;
    }

    private static Pod withVariables(Pod pod) {
        return new PodBuilder(pod)
                .editSpec()
                .withInitContainers(withVariable(pod.getSpec().getInitContainers()))
                .withContainers(withVariable(pod.getSpec().getContainers()))
                .endSpec()
                .build();
    }

    private static List<Container> withVariable(List<Container> containers) {
        return containers.stream().map(JobPodStamp::withVariable).toList();
    }

    private static Container withVariable(Container container) {
        boolean given =
                container.getEnv().stream()
                        .anyMatch(variable -> VARIABLE.equals(variable.getName()));
        return given
                ? container
                : new ContainerBuilder(container)
                        .addNewEnv()
                        .withName(VARIABLE)
                        .withNewValueFrom()
                        .withNewFieldRef()
                        .withFieldPath(INDEX_LABEL)
                        .endFieldRef()
                        .endValueFrom()
                        .endEnv()
                        .build();
    }

    /** Carries on how often the index has failed. */
    private static Pod withFailures(Job job, Pod pod, int index, IndexFailures failures) {
        Pod replaced = failures.replacedBy(index);
        int counted = replaced == null ? 0 : PodIndex.failures(replaced);
        int ignored = replaced == null ? 0 : PodIndex.ignoredFailures(replaced);
        if (replaced != null && FailurePolicy.of(job, replaced).counts()) {
            counted++;
        } else if (replaced != null) {
            ignored++;
        }
        PodBuilder builder =
                new PodBuilder(pod)
                        .editMetadata()
                        .addToAnnotations(PodIndex.FAILURES, Integer.toString(counted))
                        .endMetadata();
        return ignored == 0
                ? builder.build()
                : builder.editMetadata()
                        .addToAnnotations(PodIndex.IGNORED_FAILURES, Integer.toString(ignored))
                        .endMetadata()
                        .build();
    }
}
