package dev.orrery.controllermanager.deployment;

import static dev.orrery.controllermanager.deployment.Conditions.PROGRESSING;

import dev.orrery.controllermanager.time.Timestamps;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The condition {@code Progressing}: whether a rollout gets on. It is False when for {@code
 * progressDeadlineSeconds} nothing has become better, and stays so until something does.
 */
final class Progress {

    private static final String COMPLETE = "NewReplicaSetAvailable";
    private static final String TIMED_OUT = "ProgressDeadlineExceeded";
    private static final String PAUSED = "DeploymentPaused";
    private static final String RESUMED = "DeploymentResumed";

    private Progress() {}

    static boolean hasDeadline(Deployment deployment) {
        Integer deadline = deployment.getSpec().getProgressDeadlineSeconds();
        return deadline != null && deadline != Integer.MAX_VALUE;
    }

    /** Notes that the Deployment was paused or resumed, so that the deadline waits meanwhile. */
    static Conditions afterPause(Deployment deployment, Conditions conditions, Instant now) {
        String reason = conditions.reason(PROGRESSING);
        if (!hasDeadline(deployment) || reason.equals(TIMED_OUT)) {
            return conditions;
        }
        boolean paused = Boolean.TRUE.equals(deployment.getSpec().getPaused());
        if (paused && !reason.equals(PAUSED)) {
            return conditions.with(unknown(PAUSED, "Deployment is paused", now));
        }
        if (!paused && reason.equals(PAUSED)) {
            return conditions.with(unknown(RESUMED, "Deployment is resumed", now));
        }
        return conditions;
    }

    /** Notes that the new set was made, or that one that existed was found. */
    static Conditions afterSync(Rollout before, Rollout after, Conditions conditions, Instant now) {
        ReplicaSet newSet = after.newSet();
        if (newSet == null || !hasDeadline(after.deployment())) {
            return conditions;
        }
        String name = newSet.getMetadata().getName();
        if (before.newSet() == null) {
            return conditions.with(
                    known("NewReplicaSetCreated", "Created new replica set \"" + name + "\"", now));
        }
        return conditions.get(PROGRESSING) == null
                ? conditions.with(
                        known("FoundNewReplicaSet", "Found new replica set \"" + name + "\"", now))
                : conditions;
    }

    /** What the rollout's new status says about its progress. */
    static Conditions afterStep(
            Rollout rollout, DeploymentStatus status, Conditions conditions, Instant now) {
        Deployment deployment = rollout.deployment();
        if (!hasDeadline(deployment)) {
            return conditions.without(PROGRESSING);
        }
        String subject = subject(rollout);
        boolean wasComplete =
                orZero(status.getReplicas()) == orZero(status.getUpdatedReplicas())
                        && Conditions.of(deployment).reason(PROGRESSING).equals(COMPLETE);
        if (wasComplete) {
            return conditions;
        }
        if (isComplete(deployment, status)) {
            return conditions.with(known(COMPLETE, subject + " has successfully progressed.", now));
        }
        if (hasProgressed(deployment, status)) {
            return conditions.replaced(
                    known("ReplicaSetUpdated", subject + " is progressing.", now));
        }
        return isTimedOut(deployment, conditions, now)
                ? conditions.with(timedOut(subject, now))
                : conditions;
    }

    static boolean isComplete(Deployment deployment, DeploymentStatus status) {
        int size = deployment.getSpec().getReplicas();
        return orZero(status.getUpdatedReplicas()) == size
                && orZero(status.getReplicas()) == size
                && orZero(status.getAvailableReplicas()) == size
                && status.getObservedGeneration() != null
                && status.getObservedGeneration() >= deployment.getMetadata().getGeneration();
    }

    /** How long until the deadline may have passed; empty where there is nothing to wait for. */
    static Optional<Duration> untilDeadline(
            Deployment deployment, DeploymentStatus status, Conditions conditions, Instant now) {
        DeploymentCondition progressing = conditions.get(PROGRESSING);
        if (!hasDeadline(deployment)
                || progressing == null
                || isComplete(deployment, status)
                || conditions.reason(PROGRESSING).equals(COMPLETE)
                || conditions.reason(PROGRESSING).equals(TIMED_OUT)) {
            return Optional.empty();
        }
        Duration left = Duration.between(now, deadline(deployment, progressing));
        // The condition's time is in whole seconds: a second more is surely past the deadline.
        return Optional.of((left.isNegative() ? Duration.ZERO : left).plusSeconds(1));
    }

    private static boolean hasProgressed(Deployment deployment, DeploymentStatus status) {
        DeploymentStatus before = deployment.getStatus();
        if (before == null) {
            before = new DeploymentStatus();
        }
        int oldBefore = orZero(before.getReplicas()) - orZero(before.getUpdatedReplicas());
        int oldNow = orZero(status.getReplicas()) - orZero(status.getUpdatedReplicas());
        return orZero(status.getUpdatedReplicas()) > orZero(before.getUpdatedReplicas())
                || oldNow < oldBefore
                || orZero(status.getReadyReplicas()) > orZero(before.getReadyReplicas())
                || orZero(status.getAvailableReplicas()) > orZero(before.getAvailableReplicas());
    }

    private static boolean isTimedOut(Deployment deployment, Conditions conditions, Instant now) {
        DeploymentCondition progressing = conditions.get(PROGRESSING);
        if (progressing == null || conditions.reason(PROGRESSING).equals(COMPLETE)) {
            return false;
        }
        return conditions.reason(PROGRESSING).equals(TIMED_OUT)
                || deadline(deployment, progressing).isBefore(now);
    }

    private static Instant deadline(Deployment deployment, DeploymentCondition progressing) {
        return Timestamps.parse(progressing.getLastUpdateTime())
                .plusSeconds(deployment.getSpec().getProgressDeadlineSeconds());
    }

    private static String subject(Rollout rollout) {
        ReplicaSet newSet = rollout.newSet();
        return newSet == null
                ? "Deployment \"" + rollout.deployment().getMetadata().getName() + "\""
                : "ReplicaSet \"" + newSet.getMetadata().getName() + "\"";
    }

    private static DeploymentCondition known(String reason, String message, Instant now) {
        return Conditions.condition(PROGRESSING, "True", reason, message, now);
    }

    private static DeploymentCondition unknown(String reason, String message, Instant now) {
        return Conditions.condition(PROGRESSING, "Unknown", reason, message, now);
    }

    private static DeploymentCondition timedOut(String subject, Instant now) {
        return Conditions.condition(
                PROGRESSING, "False", TIMED_OUT, subject + " has timed out progressing.", now);
    }

    private static int orZero(@Nullable Integer number) {
        return number == null ? 0 : number;
    }
}
