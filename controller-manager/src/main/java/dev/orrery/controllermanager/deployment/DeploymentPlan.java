package dev.orrery.controllermanager.deployment;

import dev.orrery.controllermanager.owner.Owners;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a Deployment needs next.
 *
 * @param moves writes to its ReplicaSets, in order
 * @param revision what its revision annotation should say; null leaves it
 * @param status what its status should be once the moves are made
 * @param recheck when to look again even if nothing changes
 */
record DeploymentPlan(
        List<Move> moves,
        @Nullable String revision,
        DeploymentStatus status,
        Optional<Duration> recheck) {

    DeploymentPlan {
        moves = List.copyOf(moves);
    }

    /**
     * @param sets the ReplicaSets that it holds
     * @param pods the pods of those sets
     */
    static DeploymentPlan of(
            Deployment deployment, Collection<ReplicaSet> sets, Collection<Pod> pods, Instant now) {
        Rollout rollout = Rollout.of(deployment, sets);
        Conditions conditions = Conditions.of(deployment);
        if (Owners.isBeingDeleted(deployment)) {
            return plan(rollout, rollout, settled(rollout, conditions, now), now);
        }
        conditions = Progress.afterPause(deployment, conditions, now);
        Rollout synced = Revisions.synced(rollout);
        boolean paused = Boolean.TRUE.equals(deployment.getSpec().getPaused());
        if (paused || Scaling.isDue(synced)) {
            Rollout scaled = Scaling.step(synced);
            Rollout next = paused ? Cleanup.step(scaled) : scaled;
            return plan(rollout, next, settled(next, conditions, now), now);
        }
        Rollout next = step(synced, pods);
        return plan(rollout, next, rolledOut(rollout, next, conditions, now), now);
    }

    private static Rollout step(Rollout synced, Collection<Pod> pods) {
        Rollout next =
                Bounds.isRecreate(synced.deployment())
                        ? Recreate.step(synced, pods)
                        : RollingUpdate.step(synced);
        boolean idle = next.equals(synced);
        boolean complete =
                synced.deployment().getStatus() != null
                        && Progress.isComplete(
                                synced.deployment(), synced.deployment().getStatus());
        return idle && complete ? Cleanup.step(next) : next;
    }

    /** The status of a Deployment that is not being rolled out: deleted, paused or scaled. */
    private static DeploymentStatus settled(Rollout next, Conditions conditions, Instant now) {
        DeploymentStatus counted = RolloutStatus.counted(next);
        return with(counted, RolloutStatus.withAvailability(next, counted, conditions, now));
    }

    private static DeploymentStatus rolledOut(
            Rollout before, Rollout next, Conditions conditions, Instant now) {
        DeploymentStatus counted = RolloutStatus.counted(next);
        Conditions known = Progress.afterSync(before, next, conditions, now);
        known = RolloutStatus.withAvailability(next, counted, known, now);
        known = Progress.afterStep(next, counted, known, now);
        return with(counted, RolloutStatus.withReplicaFailure(next, known));
    }

    private static DeploymentStatus with(DeploymentStatus counted, Conditions conditions) {
        return new DeploymentStatusBuilder(counted).withConditions(conditions.list()).build();
    }

    private static DeploymentPlan plan(
            Rollout before, Rollout next, DeploymentStatus status, Instant now) {
        Deployment deployment = before.deployment();
        String revision = next.newSet() == null ? null : Revisions.revision(next.newSet());
        boolean rests =
                Owners.isBeingDeleted(deployment)
                        || Boolean.TRUE.equals(deployment.getSpec().getPaused());
        Optional<Duration> recheck =
                rests
                        ? Optional.empty()
                        : Progress.untilDeadline(
                                deployment, status, new Conditions(status.getConditions()), now);
        return new DeploymentPlan(before.movesTo(next), revision, status, recheck);
    }
}
