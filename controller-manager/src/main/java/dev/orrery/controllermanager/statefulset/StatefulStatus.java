package dev.orrery.controllermanager.statefulset;

import dev.orrery.controllermanager.owner.Owners;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetCondition;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatusBuilder;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The status that a set deserves. */
final class StatefulStatus {

    private StatefulStatus() {}

    /**
     * @param collisions how often a revision's name was taken
     */
    static StatefulSetStatus of(Row row, int collisions) {
        StatefulSetStatus counted =
                new StatefulSetStatusBuilder()
                        .withObservedGeneration(row.set().getMetadata().getGeneration())
                        .withReplicas(row.pods().size())
                        .withReadyReplicas(count(row, Row::isReady))
                        .withAvailableReplicas(orZero(count(row, row::isAvailable)))
                        .withCurrentReplicas(count(row, stays(row.currentRevision())))
                        .withUpdatedReplicas(count(row, stays(row.updateRevision())))
                        .withCurrentRevision(row.currentRevision())
                        .withUpdateRevision(row.updateRevision())
                        .withCollisionCount(collisions)
                        .withConditions(conditions(row.set()))
                        .build();
        return isComplete(row, counted)
                ? new StatefulSetStatusBuilder(counted)
                        .withCurrentReplicas(counted.getUpdatedReplicas())
                        .withCurrentRevision(counted.getUpdateRevision())
                        .build()
                : counted;
    }

    /** What others say of the set: the controller has no conditions of its own. */
    private static List<StatefulSetCondition> conditions(StatefulSet set) {
        return set.getStatus() == null ? List.of() : set.getStatus().getConditions();
    }

    /** All pods are there, ready, and of the new revision: it becomes the current one. */
    private static boolean isComplete(Row row, StatefulSetStatus status) {
        int wanted = row.ordinals().count();
        return row.strategy().isRolling()
                && status.getReplicas() == wanted
                && orZero(status.getUpdatedReplicas()) == wanted
                && orZero(status.getReadyReplicas()) == wanted;
    }

    private static Predicate<Pod> stays(String revision) {
        return pod -> revision.equals(Row.revision(pod)) && !Owners.isBeingDeleted(pod);
    }

    /** The number, or null for none: Kubernetes leaves zeros out of this status. */
    private static @Nullable Integer count(Row row, Predicate<Pod> which) {
        int count = (int) row.pods().values().stream().filter(which).count();
        return count == 0 ? null : count;
    }

    private static int orZero(@Nullable Integer number) {
        return number == null ? 0 : number;
    }
}
