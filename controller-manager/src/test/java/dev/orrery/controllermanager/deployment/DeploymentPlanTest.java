package dev.orrery.controllermanager.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Behaviour from https://kubernetes.io/docs/concepts/workloads/controllers/deployment/, sections
 * "Updating a Deployment", "Scaling a Deployment", "Deployment status" and "Clean up Policy".
 */
class DeploymentPlanTest {

    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final String OLD_IMAGE = "nginx:1.15";

    @ParameterizedTest(name = "{0} replicas, surge {1}, unavailable {2}: +{3} -{4}")
    @CsvSource({
        "10, 25%, 25%, 3, 2",
        "4,  25%, 25%, 1, 1",
        "1,  25%, 25%, 1, 0",
        "1,  0,   25%, 0, 1",
        "3,  0,   5,   0, 3",
        "0,  25%, 25%, 0, 0",
        "10, 0,   1,   0, 1",
        "10, 100%, 0,  10, 0",
    })
    void roundsSurgeUpAndUnavailabilityDown(
            int replicas, String surge, String unavailable, int maxSurge, int maxUnavailable) {
        assertThat(Bounds.of(Sample.deployment(replicas, surge, unavailable)))
                .isEqualTo(new Bounds(maxSurge, maxUnavailable));
    }

    @Test
    void createsTheFirstSetAtFullSize() {
        DeploymentPlan plan = plan(Sample.deployment(3, "25%", "25%"), List.of());

        assertThat(plan.moves()).hasSize(1);
        ReplicaSet created = ((Move.Create) plan.moves().getFirst()).set();
        assertThat(created.getSpec().getReplicas()).isEqualTo(3);
        assertThat(created.getMetadata().getName()).matches("web-[bcdfghjklmnpqrstvwxz2-9]{1,10}");
        assertThat(created.getMetadata().getAnnotations())
                .containsEntry("deployment.kubernetes.io/revision", "1")
                .containsEntry("deployment.kubernetes.io/desired-replicas", "3")
                .containsEntry("deployment.kubernetes.io/max-replicas", "4");
        String hash = created.getMetadata().getLabels().get("pod-template-hash");
        assertThat(created.getMetadata().getName()).isEqualTo("web-" + hash);
        assertThat(created.getSpec().getSelector().getMatchLabels())
                .containsEntry("pod-template-hash", hash)
                .containsEntry("app", "web");
        assertThat(created.getSpec().getTemplate().getMetadata().getLabels())
                .containsEntry("pod-template-hash", hash);
        assertThat(plan.revision()).isEqualTo("1");
        assertThat(reason(plan, "Progressing")).isEqualTo("NewReplicaSetCreated");
        assertThat(reason(plan, "Available")).isEqualTo("MinimumReplicasUnavailable");
    }

    @ParameterizedTest(name = "new {1}/{2} old {3}/{4} -> new {5} old {6}")
    @CsvSource({
        // replicas 10, surge 3, unavailable 2; wanted/available of the new and the old set
        "10,  3, 0, 10, 10,  3,  8",
        "10,  3, 3,  8,  8,  5,  8",
        "10,  5, 3,  8,  8,  5,  5 ",
        "10,  5, 3,  8,  6,  5,  5",
        "10, 10, 10, 2,  2, 10,  0",
        "10,  3, 0,  8,  8,  5,  8",
        "10,  5, 0,  8,  8,  5,  8",
    })
    void growsTheNewSetOrElseShrinksTheOld(
            int replicas,
            int newWanted,
            int newAvail,
            int oldWanted,
            int oldAvail,
            int toNew,
            int toOld) {
        Deployment deployment = Sample.deployment(replicas, "25%", "25%");
        ReplicaSet newSet = Sample.set(deployment, "web-new", 1, newWanted, newWanted, newAvail);
        ReplicaSet oldSet = old(deployment, "web-old", 9, oldWanted, oldWanted, oldAvail);

        assertThat(sizes(plan(deployment, List.of(oldSet, newSet)), oldSet, newSet))
                .containsExactly(toOld, toNew);
    }

    @Test
    void neverCountsAvailablePodsOfAnOldSetThatWasAskedToShrinkTwice() {
        Deployment deployment = Sample.deployment(10, "2", "2");
        // The old set was asked for 8; its status still tells of 10.
        ReplicaSet oldSet = old(deployment, "web-old", 9, 8, 10, 10);
        ReplicaSet newSet = Sample.set(deployment, "web-new", 1, 4, 4, 2);

        assertThat(sizes(plan(deployment, List.of(oldSet, newSet)), oldSet, newSet))
                .containsExactly(6, 4);
    }

    @Test
    void doesNotGrowIntoRoomThatAnOldSetStillTakes() {
        Deployment deployment = Sample.deployment(4, "1", "1");
        ReplicaSet newSet = Sample.set(deployment, "web-new", 1, 1, 1, 0);
        // Asked for 3, but 4 are there; asked for 3, and nothing is known of what is there.
        ReplicaSet shrinking = old(deployment, "web-old", 9, 3, 4, 4);
        ReplicaSet unaware = old(deployment, "web-old", 9, 3, 3, 3);
        unaware.getMetadata().setGeneration(2L);
        ReplicaSet shrunk = old(deployment, "web-old", 9, 3, 3, 3);

        assertThat(sizes(plan(deployment, List.of(shrinking, newSet)), newSet)).containsExactly(1);
        assertThat(sizes(plan(deployment, List.of(unaware, newSet)), newSet)).containsExactly(1);
        assertThat(sizes(plan(deployment, List.of(shrunk, newSet)), newSet)).containsExactly(2);
    }

    @Test
    void dropsUnhealthyOldPodsFirst() {
        Deployment deployment = Sample.deployment(10, "3", "2");
        ReplicaSet healthy = old(deployment, "web-healthy", 9, 8, 8, 8);
        ReplicaSet sick = old(Sample.withImage(deployment, "bad:2"), "web-sick", 5, 5, 5, 0);
        ReplicaSet newSet = Sample.set(deployment, "web-new", 1, 0, 0, 0);

        assertThat(sizes(plan(deployment, List.of(healthy, sick, newSet)), healthy, sick, newSet))
                .containsExactly(8, 0, 0);
    }

    @Test
    void sharesOutANewSizeInProportion() {
        Deployment before = Sample.deployment(10, "3", "2");
        ReplicaSet first = old(before, "web-first", 9, 8, 8, 8);
        ReplicaSet second = Sample.set(before, "web-second", 1, 5, 5, 0);

        assertThat(sizes(plan(Sample.scaled(before, 30), List.of(first, second)), first, second))
                .containsExactly(20, 13);
    }

    @Test
    void scalesOneSetAlone() {
        Deployment before = Sample.deployment(3, "25%", "25%");
        ReplicaSet only = Sample.set(before, "web-only", 1, 3, 3, 3);

        assertThat(sizes(plan(Sample.scaled(before, 7), List.of(only)), only)).containsExactly(7);
    }

    @Test
    void whilePausedMakesNoNewSetButScales() {
        Deployment deployment = Sample.deployment(3, "25%", "25%");
        ReplicaSet old = old(deployment, "web-old", 9, 3, 3, 3);
        Deployment paused =
                new DeploymentBuilder(Sample.scaled(deployment, 5))
                        .editSpec()
                        .withPaused(true)
                        .endSpec()
                        .build();

        DeploymentPlan plan = plan(paused, List.of(old));

        assertThat(sizes(plan, old)).containsExactly(5);
        assertThat(plan.moves()).noneMatch(Move.Create.class::isInstance);
        assertThat(reason(plan, "Progressing")).isEqualTo("DeploymentPaused");
    }

    @Test
    void recreateEmptiesTheOldSetAndWaitsForItsPods() {
        Deployment deployment = Sample.recreate(Sample.deployment(3, "25%", "25%"));
        ReplicaSet running = old(deployment, "web-old", 9, 3, 3, 3);
        assertThat(sizes(plan(deployment, List.of(running)), running)).containsExactly(0);

        ReplicaSet emptied = old(deployment, "web-old", 9, 0, 0, 0);
        Pod ending = pod("web-old", "Running");
        assertThat(plan(deployment, List.of(emptied), List.of(ending)).moves()).isEmpty();

        Pod ended = pod("web-old", "Succeeded");
        assertThat(plan(deployment, List.of(emptied), List.of(ended)).moves())
                .hasSize(1)
                .allMatch(Move.Create.class::isInstance);
    }

    @Test
    void anUndoTakesUpTheOldSetUnderANewNumber() {
        Deployment deployment = Sample.deployment(2, "1", "0");
        ReplicaSet first = numbered(Sample.set(deployment, "web-1", 9, 0, 0, 0), 1);
        ReplicaSet second = numbered(old(deployment, "web-2", 5, 2, 2, 2), 2);

        DeploymentPlan plan = plan(deployment, List.of(first, second));

        ReplicaSet taken = after(plan, first);
        assertThat(taken.getMetadata().getAnnotations())
                .containsEntry("deployment.kubernetes.io/revision", "3")
                .containsEntry("deployment.kubernetes.io/revision-history", "1");
        assertThat(taken.getSpec().getReplicas()).isEqualTo(1);
        assertThat(plan.revision()).isEqualTo("3");
    }

    @Test
    void continuesHugeForeignRevisionNumbers() {
        Deployment deployment = Sample.deployment(1, "1", "0");
        ReplicaSet adopted = numbered(old(deployment, "web-0", 9, 1, 1, 1), 3546343826724305832L);

        assertThat(plan(deployment, List.of(adopted)).revision()).isEqualTo("3546343826724305833");
    }

    @Test
    void keepsSoManyOldSetsAsTheHistoryMayBeLong() {
        Deployment spec = Sample.deployment(1, "1", "0");
        Deployment deployment =
                new DeploymentBuilder(spec)
                        .editSpec()
                        .withRevisionHistoryLimit(1)
                        .endSpec()
                        .withNewStatus()
                        .withReplicas(1)
                        .withUpdatedReplicas(1)
                        .withAvailableReplicas(1)
                        .withObservedGeneration(1L)
                        .endStatus()
                        .build();
        ReplicaSet newSet = numbered(Sample.set(spec, "web-4", 1, 1, 1, 1), 4);
        List<ReplicaSet> sets = new ArrayList<>(List.of(newSet));
        for (int i = 1; i <= 3; i++) {
            sets.add(numbered(old(spec, "web-" + i, 10 - i, 0, 0, 0), i));
        }

        assertThat(plan(deployment, sets).moves())
                .extracting(move -> ((Move.Delete) move).set().getMetadata().getName())
                .containsExactlyInAnyOrder("web-1", "web-2");
    }

    @Test
    void givesUpWhenNothingHasMovedForTheDeadline() {
        Deployment deployment = withProgress(Sample.deployment(1, "1", "0"), NOW.minusSeconds(601));
        ReplicaSet stuck = numbered(Sample.set(deployment, "web-1", 1, 1, 1, 0), 1);

        DeploymentCondition progressing =
                condition(plan(deployment, List.of(stuck)), "Progressing");

        assertThat(progressing.getStatus()).isEqualTo("False");
        assertThat(progressing.getReason()).isEqualTo("ProgressDeadlineExceeded");
        assertThat(progressing.getMessage())
                .isEqualTo("ReplicaSet \"web-1\" has timed out progressing.");
    }

    @Test
    void looksAgainWhenTheDeadlineIsOver() {
        Deployment deployment = withProgress(Sample.deployment(1, "1", "0"), NOW.minusSeconds(100));
        ReplicaSet slow = numbered(Sample.set(deployment, "web-1", 1, 1, 1, 0), 1);

        assertThat(plan(deployment, List.of(slow)).recheck())
                .hasValue(java.time.Duration.ofSeconds(501));
    }

    @Test
    void isCompleteWhenAllPodsAreNewAndAvailable() {
        Deployment deployment = withProgress(Sample.deployment(2, "1", "0"), NOW.minusSeconds(5));
        ReplicaSet done = numbered(Sample.set(deployment, "web-1", 1, 2, 2, 2), 1);

        DeploymentPlan plan = plan(deployment, List.of(done));

        assertThat(reason(plan, "Progressing")).isEqualTo("NewReplicaSetAvailable");
        assertThat(reason(plan, "Available")).isEqualTo("MinimumReplicasAvailable");
        assertThat(plan.status().getAvailableReplicas()).isEqualTo(2);
        assertThat(plan.status().getUnavailableReplicas()).isNull();
        assertThat(plan.recheck()).isEmpty();
    }

    @Test
    void hashesTemplatesByContentAndCollisions() {
        Deployment deployment = Sample.deployment(1, "1", "0");
        Deployment other = Sample.withImage(deployment, OLD_IMAGE);

        String hash = TemplateHash.of(deployment.getSpec().getTemplate(), 0);
        assertThat(TemplateHash.of(deployment.getSpec().getTemplate(), 0)).isEqualTo(hash);
        assertThat(TemplateHash.of(deployment.getSpec().getTemplate(), 1)).isNotEqualTo(hash);
        assertThat(TemplateHash.of(other.getSpec().getTemplate(), 0)).isNotEqualTo(hash);
    }

    private static DeploymentPlan plan(Deployment deployment, List<ReplicaSet> sets) {
        return plan(deployment, sets, List.of());
    }

    private static DeploymentPlan plan(
            Deployment deployment, List<ReplicaSet> sets, List<Pod> pods) {
        return DeploymentPlan.of(deployment, sets, pods, NOW);
    }

    private static ReplicaSet old(
            Deployment deployment, String name, int age, int wanted, int actual, int available) {
        ReplicaSet set = Sample.set(deployment, name, age, wanted, actual, available);
        String image =
                deployment.getSpec().getTemplate().getSpec().getContainers().getFirst().getImage();
        set.getSpec()
                .setTemplate(
                        Sample.withImage(deployment, image.startsWith("bad") ? image : OLD_IMAGE)
                                .getSpec()
                                .getTemplate());
        return set;
    }

    private static ReplicaSet numbered(ReplicaSet set, long revision) {
        set.getMetadata()
                .getAnnotations()
                .put("deployment.kubernetes.io/revision", Long.toString(revision));
        return set;
    }

    private static Deployment withProgress(Deployment deployment, Instant lastUpdate) {
        return new DeploymentBuilder(deployment)
                .withNewStatus()
                .withObservedGeneration(1L)
                .addNewCondition()
                .withType("Progressing")
                .withStatus("True")
                .withReason("ReplicaSetUpdated")
                .withLastUpdateTime(lastUpdate.toString())
                .withLastTransitionTime(lastUpdate.toString())
                .endCondition()
                .withReplicas(1)
                .withUpdatedReplicas(1)
                .endStatus()
                .build();
    }

    private static List<Integer> sizes(DeploymentPlan plan, ReplicaSet... sets) {
        List<Integer> sizes = new ArrayList<>();
        for (ReplicaSet set : sets) {
            sizes.add(after(plan, set).getSpec().getReplicas());
        }
        return sizes;
    }

    private static ReplicaSet after(DeploymentPlan plan, ReplicaSet set) {
        for (Move move : plan.moves()) {
            if (move instanceof Move.Change(ReplicaSet before, ReplicaSet after)
                    && before.equals(set)) {
                return after;
            }
        }
        return set;
    }

    private static Pod pod(String set, String phase) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("pod")
                .addNewOwnerReference()
                .withUid("uid-" + set)
                .withController(true)
                .endOwnerReference()
                .endMetadata()
                .withNewStatus()
                .withPhase(phase)
                .endStatus()
                .build();
    }

    private static String reason(DeploymentPlan plan, String type) {
        return condition(plan, type).getReason();
    }

    private static DeploymentCondition condition(DeploymentPlan plan, String type) {
        return plan.status().getConditions().stream()
                .filter(condition -> condition.getType().equals(type))
                .findFirst()
                .orElseThrow();
    }
}
