package dev.orrery.controllermanager.job;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyOnExitCodesRequirement;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyOnPodConditionsPattern;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyRule;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a job's podFailurePolicy says of a failed pod: the first rule that matches decides; a
 * failure that matches none counts.
 */
sealed interface FailurePolicy {

    /** Towards the job's limits. */
    record Count() implements FailurePolicy {}

    /** The pod is replaced as if it had never been. */
    record Ignore() implements FailurePolicy {}

    /** Its index is not tried again. */
    record FailIndex() implements FailurePolicy {}

    /** Nothing is tried again. */
    record FailJob(String message) implements FailurePolicy {}

    static FailurePolicy of(Job job, Pod failed) {
        if (job.getSpec().getPodFailurePolicy() == null) {
            return new Count();
        }
        int number = 0;
        for (PodFailurePolicyRule rule : job.getSpec().getPodFailurePolicy().getRules()) {
            Optional<String> match = match(rule, failed);
            if (match.isPresent()) {
                return action(rule.getAction(), match.get(), number);
            }
            number++;
        }
        return new Count();
    }

    /** False for a failure that the policy ignores. */
    default boolean counts() {
        return !(this instanceof Ignore);
    }

    private static FailurePolicy action(String action, String match, int rule) {
        return switch (action) {
            case "Ignore" -> new Ignore();
            case "FailIndex" -> new FailIndex();
            case "FailJob" ->
                    new FailJob(match + " matching FailJob rule at index %d".formatted(rule));
            default -> new Count();
        };
    }

    /** What of the pod matches, in words. */
    private static Optional<String> match(PodFailurePolicyRule rule, Pod pod) {
        String name = pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
        if (rule.getOnExitCodes() != null) {
            return byExitCode(rule.getOnExitCodes(), pod)
                    .map(container ->
                            "Container %s for pod %s failed with exit code %d"
                                    .formatted(
                                            container.getName(),
                                            name,
                                            container.getState().getTerminated().getExitCode()));
        }
        return byCondition(rule.getOnPodConditions(), pod)
                .map(condition -> "Pod %s has condition %s".formatted(name, condition.getType()));
    }

    private static Optional<ContainerStatus> byExitCode(
            PodFailurePolicyOnExitCodesRequirement wanted, Pod pod) {
        return ended(pod.getStatus().getContainerStatuses(), wanted)
                .or(() -> ended(pod.getStatus().getInitContainerStatuses(), wanted));
    }

    private static Optional<ContainerStatus> ended(
            @Nullable List<ContainerStatus> containers,
            PodFailurePolicyOnExitCodesRequirement wanted) {
        return containers == null
                ? Optional.empty()
                : containers.stream().filter(container -> matches(container, wanted)).findFirst();
    }

    private static boolean matches(
            ContainerStatus container, PodFailurePolicyOnExitCodesRequirement wanted) {
        if (container.getState() == null || container.getState().getTerminated() == null) {
            return false;
        }
        boolean named =
                wanted.getContainerName() == null
                        || wanted.getContainerName().equals(container.getName());
        int code = container.getState().getTerminated().getExitCode();
        boolean among = wanted.getValues().contains(code);
        return named && code != 0 && among == "In".equals(wanted.getOperator());
    }

    private static Optional<PodCondition> byCondition(
            @Nullable List<PodFailurePolicyOnPodConditionsPattern> patterns, Pod pod) {
        if (patterns == null || pod.getStatus().getConditions() == null) {
            return Optional.empty();
        }
        return pod.getStatus().getConditions().stream()
                .filter(condition ->
                        patterns.stream().anyMatch(pattern -> matches(condition, pattern)))
                .findFirst();
    }

    private static boolean matches(
            PodCondition condition, PodFailurePolicyOnPodConditionsPattern pattern) {
        return condition.getType().equals(pattern.getType())
                && condition.getStatus().equals(pattern.getStatus());
    }
}
