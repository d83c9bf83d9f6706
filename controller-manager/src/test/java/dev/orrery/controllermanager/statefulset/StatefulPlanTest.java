package dev.orrery.controllermanager.statefulset;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatusBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/ */
class StatefulPlanTest {

    @ParameterizedTest(name = "{0} of {2}, {1}: {3}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # Deployment and scaling guarantees: one after the other, each when those before are ready.
                    3 |          |                                   | create 0@new
                    3 |          | 0:pending@new                     | furnish 0
                    3 |          | 0:running@new                     | ''
                    3 |          | 0:ready@new                       | create 1@new
                    3 | minReady=10 | 0:fresh@new                    | ''
                    3 | minReady=10 | 0:ready@new                    | create 1@new
                    3 |          | 0:ready@new 2:ready@new           | create 1@new
                    3 |          | 0:running@new 1:ready@new 2:ready@new | ''
                    3 |          | 0:failed@new 1:ready@new 2:ready@new  | replace 0
                    3 |          | 0:succeeded@new                   | replace 0
                    3 |          | 0:ending@new 1:ready@new          | ''
                    2 | start=5  | 5:ready@new                       | create 6@new
                    1 | start=5  | 0:ready@new 5:ready@new           | delete 0
                    1 |          | 0:nameless@new                    | identify 0
                    # Scaling down: the last first, and not while one before is not ready.
                    1 |          | 0:ready@new 1:ready@new 2:ready@new   | delete 2
                    1 |          | 0:ready@new 1:ready@new 2:ending@new  | ''
                    1 |          | 0:ready@new 1:running@new 2:ready@new | delete 2
                    1 |          | 0:ready@new 1:running@new 2:running@new | ''
                    1 |          | 0:ready@new 1:ready@new 2:running@new  | delete 2
                    1 |          | 0:running@new 1:ready@new          | ''
                    0 |          | 0:ready@new                        | delete 0
                    # Parallel: all at once.
                    3 | parallel |                                    | create 0@new, create 1@new, create 2@new
                    3 | parallel | 0:running@new 2:pending@new        | create 1@new, furnish 2
                    1 | parallel | 0:running@new 1:ready@new 2:ending@new 3:running@new | delete 3, delete 1
                    2 | parallel | 0:failed@new 1:ready@new 2:ready@new | replace 0
                    # Rolling updates: from the last to the first, each when those behind it are ready.
                    3 |          | 0:ready@old 1:ready@old 2:ready@old   | delete 2
                    3 |          | 0:ready@old 1:ready@old 2:running@new | ''
                    3 |          | 0:ready@old 1:ready@old 2:ready@new   | delete 1
                    3 |          | 0:ready@old 1:ending@old 2:ready@new  | ''
                    3 | parallel | 0:ready@old 1:running@old 2:ready@new | delete 1
                    3 | parallel | 0:ready@old 1:ready@old 2:running@new | ''
                    3 | partition=2 | 0:ready@old 1:ready@old 2:ready@old | delete 2
                    3 | partition=2 | 0:ready@old 1:ready@old 2:ready@new | ''
                    3 | partition=2 | 1:ready@old 2:ready@new          | create 0@old
                    3 | partition=2 | 0:ready@old 1:ready@old          | create 2@new
                    3 | partition=9 | 0:ready@old 1:ready@old 2:ready@old | ''
                    2 | start=5 partition=1 | 5:ready@old 6:ready@old  | delete 6
                    2 | start=5 partition=1 | 6:ready@new              | create 5@old
                    4 | maxUnavailable=2 | 0:ready@old 1:ready@old 2:ready@old 3:ready@old | delete 3, delete 2
                    4 | parallel maxUnavailable=2 | 0:ready@old 1:ready@old 2:ready@old 3:running@new | delete 2
                    4 | parallel maxUnavailable=2 | 0:ready@old 1:running@old 2:ready@old 3:running@new | ''
                    2 | onDelete | 0:ready@old 1:ready@old             | ''
                    2 | onDelete | 0:ready@old                         | create 1@new
                    3 | deleted  | 0:ready@new                         | ''
                    """)
    void doesWhatTheRowNeedsNext(int replicas, String options, String pods, String steps) {
        String chosen = options == null ? "" : options;
        Row row = Rows.row(Rows.set(replicas, chosen), pods == null ? "" : pods);
        assertThat(Rows.text(StatefulPlan.of(row))).isEqualTo(steps);
    }

    @Test
    void countsTheRow() {
        StatefulSetStatus status =
                StatefulStatus.of(
                        Rows.row(
                                Rows.set(4, "minReady=10"),
                                "0:ready@old 1:ready@old 2:fresh@new 3:ending@old"),
                        1);
        assertThat(status.getReplicas()).isEqualTo(4);
        assertThat(status.getReadyReplicas()).isEqualTo(4);
        assertThat(status.getAvailableReplicas()).isEqualTo(3);
        assertThat(status.getCurrentReplicas()).isEqualTo(2);
        assertThat(status.getUpdatedReplicas()).isEqualTo(1);
        assertThat(status.getCurrentRevision()).isEqualTo("old");
        assertThat(status.getUpdateRevision()).isEqualTo("new");
        assertThat(status.getCollisionCount()).isEqualTo(1);
    }

    @Test
    void theNewRevisionIsTheCurrentOneWhenAllAreUpdatedAndReady() {
        Row almost = Rows.row(Rows.set(2), "0:running@new 1:ready@new");
        assertThat(StatefulStatus.of(almost, 0).getCurrentRevision()).isEqualTo("old");

        Row done = Rows.row(Rows.set(2), "0:ready@new 1:ready@new");
        assertThat(StatefulStatus.of(done, 0).getCurrentRevision()).isEqualTo("new");
        assertThat(StatefulStatus.of(done, 0).getCurrentReplicas()).isEqualTo(2);

        Row byHand = Rows.row(Rows.set(2, "onDelete"), "0:ready@new 1:ready@new");
        assertThat(StatefulStatus.of(byHand, 0).getCurrentRevision()).isEqualTo("old");
    }

    @Test
    void leavesTheConditionsOfOthers() {
        StatefulSetStatus told =
                new StatefulSetStatusBuilder()
                        .addNewCondition()
                        .withType("Told")
                        .withStatus("True")
                        .endCondition()
                        .build();
        StatefulSet set = new StatefulSetBuilder(Rows.set(1)).withStatus(told).build();
        Row row = Rows.row(set, "0:ready@new");
        assertThat(StatefulStatus.of(row, 0).getConditions()).isEqualTo(told.getConditions());
    }
}
