package dev.orrery.controllermanager.job;

import static dev.orrery.controllermanager.job.JobCluster.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.controllermanager.cluster.FakeApi;
import dev.orrery.controllermanager.owner.Owners;
import dev.orrery.machinery.reconcile.Key;
import dev.orrery.machinery.store.Deletion;
import dev.orrery.machinery.store.Verb;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** https://kubernetes.io/docs/concepts/workloads/controllers/job/ */
class JobLoopTest {

    private final JobCluster pi = new JobCluster();

    @Test
    void runsOnePodToSuccess() {
        pi.create(spec(1, 1));
        assertThat(pi.status().getActive()).isEqualTo(1);
        Pod pod = pi.pods().getFirst();
        assertThat(pod.getMetadata().getName()).startsWith("pi-");
        assertThat(Tracking.isTracked(pod)).isTrue();
        assertThat(Owners.isControlledBy(pod, pi.job())).isTrue();

        pi.succeed(pod);

        assertThat(pi.conditions())
                .containsExactly(
                        "SuccessCriteriaMet CompletionsReached", "Complete CompletionsReached");
        assertThat(pi.message("Complete")).isEqualTo("Reached expected number of succeeded pods");
        assertThat(pi.succeeded()).isEqualTo(1);
        assertThat(pi.status().getActive()).isNull();
        assertThat(pi.status().getReady()).isZero();
        assertThat(pi.status().getTerminating()).isZero();
        assertThat(pi.status().getCompletionTime()).isNotNull();
        assertThat(Tracking.isTracked(pi.pods().getFirst())).isFalse();
        assertThat(pi.events())
                .containsExactly(
                        "Normal SuccessfulCreate Created pod: " + pod.getMetadata().getName(),
                        "Normal Completed Job completed");
    }

    @Test
    void keepsToItsParallelismUntilAllCompletionsAreReached() {
        pi.create(spec(5, 2));
        assertThat(pi.active()).hasSize(2);
        pi.succeedAll();
        assertThat(pi.active()).hasSize(2);
        pi.succeedAll();
        assertThat(pi.active()).hasSize(1);
        pi.succeedAll();
        assertThat(pi.pods()).hasSize(5);
        assertThat(pi.succeeded()).isEqualTo(5);
        assertThat(pi.conditions()).contains("Complete CompletionsReached");
    }

    @Test
    void startsNobodyInAWorkQueueOnceOneHasSucceeded() {
        pi.create(spec(1, 3).withCompletions(null));
        assertThat(pi.active()).hasSize(3);

        pi.succeed(pi.active().getFirst());
        assertThat(pi.active()).hasSize(2);
        assertThat(pi.conditions()).isEmpty();
        pi.fail(pi.active().getFirst());
        assertThat(pi.active()).hasSize(1);
        pi.succeedAll();

        assertThat(pi.pods()).hasSize(3);
        assertThat(pi.succeeded()).isEqualTo(2);
        assertThat(pi.failed()).isEqualTo(1);
        assertThat(pi.conditions()).contains("Complete CompletionsReached");
    }

    @Test
    void replacesAFailedPodAfterItsBackOff() {
        pi.create(spec(1, 1));
        pi.fail(pi.active().getFirst());
        pi.wait(Duration.ofSeconds(9));
        assertThat(pi.active()).isEmpty();
        pi.wait(Duration.ofSeconds(2));
        assertThat(pi.active()).hasSize(1);

        pi.fail(pi.active().getFirst());
        pi.wait(Duration.ofSeconds(19));
        assertThat(pi.active()).isEmpty();
        pi.wait(Duration.ofSeconds(2));
        assertThat(pi.active()).hasSize(1);
        assertThat(pi.failed()).isEqualTo(2);
    }

    @Test
    void failsWhenMorePodsFailedThanItsLimit() {
        pi.create(spec(1, 1).withBackoffLimit(1));
        pi.fail(pi.active().getFirst());
        pi.wait(Duration.ofSeconds(11));
        pi.fail(pi.active().getFirst());

        assertThat(pi.failed()).isEqualTo(2);
        assertThat(pi.conditions())
                .containsExactly(
                        "FailureTarget BackoffLimitExceeded", "Failed BackoffLimitExceeded");
        assertThat(pi.events())
                .endsWith(
                        "Warning BackoffLimitExceeded Job has reached the specified backoff"
                                + " limit");
        pi.wait(Duration.ofHours(1));
        assertThat(pi.pods()).hasSize(2);
    }

    @Test
    void stopsTheOthersWhenItFailsAndWaitsUntilTheyAreGone() {
        pi.create(spec(3, 3).withBackoffLimit(0));
        pi.active().forEach(this::bind);
        Pod first = pi.active().getFirst();
        pi.fail(first);

        assertThat(pi.active()).isEmpty();
        assertThat(pi.status().getTerminating()).isEqualTo(2);
        assertThat(pi.failed()).isEqualTo(3);
        assertThat(pi.conditions()).containsExactly("FailureTarget BackoffLimitExceeded");
        pi.removeDeleted();
        assertThat(pi.conditions()).contains("Failed BackoffLimitExceeded");
        assertThat(pi.pods()).hasSize(1);
        assertThat(pi.failed()).isEqualTo(3);
    }

    @Test
    void failsWhenItsTimeIsOver() {
        pi.create(spec(1, 1).withActiveDeadlineSeconds(100L));
        pi.wait(Duration.ofSeconds(99));
        assertThat(pi.conditions()).isEmpty();
        pi.wait(Duration.ofSeconds(2));

        assertThat(pi.conditions()).contains("Failed DeadlineExceeded");
        assertThat(pi.message("Failed")).isEqualTo("Job was active longer than specified deadline");
        assertThat(pi.pods()).isEmpty();
    }

    @Test
    void countsRestartsAgainstTheLimit() {
        pi.create(spec(1, 1).withBackoffLimit(2).withTemplate(JobCluster.template("OnFailure")));
        restart(pi.active().getFirst(), 1);
        assertThat(pi.conditions()).isEmpty();
        restart(pi.active().getFirst(), 2);
        assertThat(pi.conditions()).contains("Failed BackoffLimitExceeded");
    }

    @Test
    void pausesAndGoesOn() {
        pi.create(spec(4, 2).withSuspend(true));
        assertThat(pi.pods()).isEmpty();
        assertThat(pi.status().getStartTime()).isNull();
        assertThat(pi.conditions()).containsExactly("Suspended JobSuspended");

        pi.wait(Duration.ofMinutes(5));
        pi.change(spec -> spec.withSuspend(false));
        assertThat(pi.active()).hasSize(2);
        assertThat(pi.status().getStartTime()).isEqualTo("2026-03-01T00:05:00Z");
        pi.succeed(pi.active().getFirst());

        pi.change(spec -> spec.withSuspend(true));
        assertThat(pi.active()).isEmpty();
        assertThat(pi.succeeded()).isEqualTo(1);
        assertThat(pi.failed()).isZero();
        assertThat(pi.status().getStartTime()).isNull();
        pi.wait(Duration.ofMinutes(5));
        pi.change(spec -> spec.withSuspend(false));
        assertThat(pi.status().getStartTime()).isEqualTo("2026-03-01T00:10:00Z");
        assertThat(pi.conditions()).isEmpty();
        assertThat(pi.events())
                .contains("Normal Suspended Job suspended", "Normal Resumed Job resumed");
        pi.succeedAll();
        pi.succeedAll();
        assertThat(pi.conditions()).contains("Complete CompletionsReached");
        assertThat(pi.succeeded()).isEqualTo(4);
    }

    @Test
    void hasFewerPodsWhenItsParallelismIsLowered() {
        pi.create(spec(10, 5));
        pi.change(spec -> spec.withParallelism(2));

        assertThat(pi.active()).hasSize(2);
        assertThat(pi.failed()).isZero();
    }

    @Test
    void replacesADeletedPodAndCountsItAsFailed() {
        pi.create(spec(1, 1));
        delete(pi.active().getFirst());
        assertThat(pi.failed()).isEqualTo(1);
        assertThat(pi.pods()).isEmpty();
        pi.wait(Duration.ofSeconds(11));

        assertThat(pi.active()).hasSize(1);
    }

    @Test
    void replacesOnlyPodsThatHaveFailedWhereItIsToldTo() {
        pi.create(spec(1, 1).withPodReplacementPolicy("Failed"));
        Pod pod = pi.active().getFirst();
        bind(pod);
        delete(pod);
        pi.wait(Duration.ofMinutes(1));
        assertThat(pi.pods()).hasSize(1);
        assertThat(pi.status().getTerminating()).isEqualTo(1);

        pi.fail(pod);
        pi.removeDeleted();
        pi.wait(Duration.ofSeconds(11));
        assertThat(pi.active()).hasSize(1);
        assertThat(pi.failed()).isEqualTo(1);
    }

    @Test
    void adoptsAStrangersPodAndReleasesOneThatNoLongerMatches() {
        pi.create(spec(2, 2));
        Pod released = pi.active().getFirst();
        pi.cluster
                .store()
                .update(
                        new PodBuilder(released)
                                .editMetadata()
                                .withLabels(Map.of("job-name", "other"))
                                .endMetadata()
                                .build());
        pi.cluster.settle();
        Pod free = pi.cluster.get(Pod.class, released.getMetadata().getName());
        assertThat(Owners.controllerOf(free)).isNull();
        assertThat(Tracking.isTracked(free)).isFalse();
        assertThat(pi.pods()).hasSize(3);

        Pod orphaned = pi.active().getLast();
        pi.cluster
                .store()
                .update(
                        new PodBuilder(orphaned)
                                .editMetadata()
                                .withOwnerReferences()
                                .endMetadata()
                                .build());
        pi.cluster.settle();
        Pod adopted = pi.cluster.get(Pod.class, orphaned.getMetadata().getName());
        assertThat(Owners.isControlledBy(adopted, pi.job())).isTrue();
        assertThat(Tracking.isTracked(adopted)).isTrue();
    }

    @Test
    void leavesJobsOfOthersAlone() {
        pi.create(spec(1, 1).withManagedBy("example.com/multikueue"));

        assertThat(pi.pods()).isEmpty();
        assertThat(pi.job().getStatus()).isNull();
    }

    @Test
    void letsGoOfItsPodsWhenItIsDeleted() {
        pi.create(spec(2, 2));
        pi.cluster.store().delete(Job.class, "default", "pi", Deletion.ANY);
        pi.cluster.settle();

        assertThat(pi.pods()).hasSize(2).noneMatch(Tracking::isTracked);
    }

    @Test
    void completesAtOnceWithNothingToDo() {
        pi.create(spec(0, 1));

        assertThat(pi.conditions()).contains("Complete CompletionsReached");
        assertThat(pi.pods()).isEmpty();
    }

    @Test
    void tellsOfPodsThatItMayNotMake() {
        pi.cluster
                .api()
                .refuse(call ->
                        call.verb() == Verb.CREATE && call.resource().equals("pods")
                                ? FakeApi.status(403, "Forbidden", "quota")
                                : null);
        pi.create(spec(3, 3));
        assertThat(pi.status().getActive()).isNull();
        assertThat(pi.events()).contains("Warning FailedCreate Error creating: quota");
        pi.cluster.api().refuse(_ -> null);
        pi.wait(Duration.ofMinutes(5));
        assertThat(pi.active()).hasSize(3);
    }

    @Test
    void writesNothingWhenRunAgain() {
        pi.create(spec(3, 2));
        pi.fail(pi.active().getFirst());
        pi.succeed(pi.active().getFirst());

        assertThat(pi.cluster.writesOfAnotherRun(new Key("default", "pi"))).isZero();
    }

    @Test
    void countsThousandsInRounds() {
        pi.create(spec(1200, 1200));
        assertThat(pi.active()).hasSize(1200);
        pi.succeedAll();

        assertThat(pi.succeeded()).isEqualTo(1200);
        assertThat(pi.conditions()).contains("Complete CompletionsReached");
    }

    private void bind(Pod pod) {
        pi.cluster
                .store()
                .update(
                        new PodBuilder(pi.cluster.get(Pod.class, pod.getMetadata().getName()))
                                .editSpec()
                                .withNodeName("node-1")
                                .endSpec()
                                .build());
        pi.cluster.settle();
    }

    private void delete(Pod pod) {
        pi.cluster.store().delete(Pod.class, "default", pod.getMetadata().getName(), Deletion.ANY);
        pi.cluster.settle();
    }

    private void restart(Pod pod, int times) {
        pi.cluster
                .store()
                .updateStatus(
                        new PodBuilder(pod)
                                .withNewStatus()
                                .withPhase("Running")
                                .addNewContainerStatus()
                                .withName("pi")
                                .withRestartCount(times)
                                .endContainerStatus()
                                .endStatus()
                                .build());
        pi.cluster.settle();
    }
}
