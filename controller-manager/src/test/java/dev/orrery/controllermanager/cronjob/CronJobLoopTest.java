package dev.orrery.controllermanager.cronjob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.controllermanager.cluster.TestCluster;
import dev.orrery.controllermanager.owner.Owners;
import dev.orrery.controllermanager.time.Timestamps;
import dev.orrery.machinery.reconcile.Key;
import dev.orrery.machinery.store.Verb;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobSpecBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ */
class CronJobLoopTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final TestCluster cluster = TestCluster.with(CronJobController::loop);

    @Test
    void makesAJobAtEachTime() {
        create(spec("*/1 * * * *"));
        assertThat(jobs()).isEmpty();
        cluster.advance(MINUTE);

        Job job = jobs().getFirst();
        assertThat(job.getMetadata().getName()).isEqualTo("hello-29538721");
        assertThat(job.getMetadata().getAnnotations())
                .containsEntry(JobStamp.SCHEDULED, "2026-03-01T00:01:00Z")
                .containsEntry("from", "template");
        assertThat(job.getMetadata().getLabels()).containsEntry("app", "hello");
        assertThat(Owners.isControlledBy(job, cronJob())).isTrue();
        assertThat(cronJob().getStatus().getLastScheduleTime()).isEqualTo("2026-03-01T00:01:00Z");
        assertThat(cronJob().getStatus().getActive())
                .extracting(ObjectReference::getName)
                .containsExactly("hello-29538721");
        assertThat(events()).containsExactly("Normal SuccessfulCreate Created job hello-29538721");

        cluster.advance(MINUTE);
        assertThat(cronJob().getStatus().getActive()).hasSize(2);
    }

    @Test
    void seesItsJobsEnd() {
        create(spec("*/1 * * * *"));
        cluster.advance(MINUTE);
        end(jobs().getFirst(), "Complete");
        assertThat(cronJob().getStatus().getActive()).isEmpty();
        assertThat(cronJob().getStatus().getLastSuccessfulTime())
                .isEqualTo(jobs().getFirst().getStatus().getCompletionTime());
        cluster.advance(MINUTE);
        end(jobs().getLast(), "Failed");

        assertThat(events())
                .contains(
                        "Normal SawCompletedJob Saw completed job: hello-29538721, condition:"
                                + " Complete",
                        "Normal SawCompletedJob Saw completed job: hello-29538722, condition:"
                                + " Failed");
    }

    @Test
    void startsNothingWhileSuspendedAndCatchesUpOnce() {
        create(spec("*/1 * * * *").withSuspend(true));
        cluster.advance(Duration.ofMinutes(10));
        assertThat(jobs()).isEmpty();

        change(spec -> spec.withSuspend(false));
        assertThat(jobs()).hasSize(1);
        assertThat(cronJob().getStatus().getLastScheduleTime()).isEqualTo("2026-03-01T00:10:00Z");
    }

    @Test
    void waitsForTheRunningJobWhereRunsMayNotOverlap() {
        create(spec("*/1 * * * *").withConcurrencyPolicy("Forbid"));
        cluster.advance(Duration.ofMinutes(3));
        assertThat(jobs()).hasSize(1);
        assertThat(events())
                .contains(
                        "Normal JobAlreadyActive Not starting job because prior execution is"
                                + " running and concurrency policy is Forbid");

        end(jobs().getFirst(), "Complete");
        assertThat(jobs())
                .extracting(job -> job.getMetadata().getName())
                .containsExactly("hello-29538721", "hello-29538723");
    }

    @Test
    void replacesTheRunningJob() {
        create(spec("*/1 * * * *").withConcurrencyPolicy("Replace"));
        cluster.advance(Duration.ofMinutes(2));

        assertThat(jobs())
                .extracting(job -> job.getMetadata().getName())
                .containsExactly("hello-29538722");
        assertThat(cronJob().getStatus().getActive()).hasSize(1);
        assertThat(events()).contains("Normal SuccessfulDelete Deleted job hello-29538721");
    }

    @Test
    void keepsAsMuchHistoryAsItIsTold() {
        create(spec("*/1 * * * *").withSuccessfulJobsHistoryLimit(2).withFailedJobsHistoryLimit(0));
        for (int run = 0; run < 5; run++) {
            cluster.advance(MINUTE);
            end(jobs().getLast(), "Complete");
        }
        cluster.advance(MINUTE);
        end(jobs().getLast(), "Failed");

        assertThat(jobs())
                .extracting(job -> job.getMetadata().getName())
                .containsExactly("hello-29538724", "hello-29538725");
    }

    @Test
    void doesNotStartLaterThanItsDeadline() {
        create(spec("0 * * * *").withStartingDeadlineSeconds(60L).withSuspend(true));
        cluster.advance(Duration.ofMinutes(62));
        change(spec -> spec.withSuspend(false));
        assertThat(jobs()).isEmpty();

        cluster.advance(Duration.ofMinutes(60));
        assertThat(jobs()).hasSize(1);
    }

    @Test
    void warnsWhenItHasMissedMany() {
        create(spec("*/1 * * * *").withSuspend(true));
        cluster.advance(Duration.ofMinutes(102));
        change(spec -> spec.withSuspend(false));

        assertThat(jobs()).hasSize(1);
        assertThat(events())
                .contains(
                        "Warning TooManyMissedTimes too many missed start times. Set or decrease"
                                + " .spec.startingDeadlineSeconds or check clock skew");
    }

    @Test
    void doesNotRunForTimesOfAScheduleThatItDidNotHave() {
        create(spec("0 0 1 1 *"));
        cluster.advance(Duration.ofSeconds(330));
        change(spec -> spec.withSchedule("*/1 * * * *"));
        assertThat(jobs()).isEmpty();
        cluster.advance(MINUTE);

        assertThat(jobs())
                .extracting(job -> job.getMetadata().getName())
                .containsExactly("hello-29538726");
    }

    @Test
    void warnsOfAScheduleThatNeverComes() {
        create(spec("59 23 31 2 *"));
        assertThat(events())
                .containsExactly(
                        "Warning InvalidSchedule invalid schedule: 59 23 31 2 * : time difference"
                                + " between two schedules is less than 1 second");
        create(spec("* * * * *").withTimeZone("Moon/Tycho"), "elsewhere");
        assertThat(events())
                .contains(
                        "Warning UnknownTimeZone invalid timeZone: \"Moon/Tycho\": unknown time"
                                + " zone Moon/Tycho");
    }

    @Test
    void makesNoJobTwiceWhenAnAnswerIsLost() {
        AtomicBoolean lost = new AtomicBoolean();
        cluster.api()
                .loseAnswers(call ->
                        call.verb() == Verb.CREATE
                                && call.resource().equals("jobs")
                                && !lost.getAndSet(true));
        create(spec("*/5 * * * *"));
        cluster.advance(Duration.ofMinutes(6));

        assertThat(jobs()).hasSize(1);
        assertThat(cronJob().getStatus().getActive()).hasSize(1);
        assertThat(cronJob().getStatus().getLastScheduleTime()).isEqualTo("2026-03-01T00:05:00Z");
    }

    @Test
    void takesNoteOfAJobThatWasStartedByHand() {
        create(spec("0 0 1 1 *"));
        cluster.create(
                new JobBuilder(JobStamp.job(cronJob(), cluster.now(), java.time.ZoneOffset.UTC))
                        .editMetadata()
                        .withName("by-hand")
                        .endMetadata()
                        .build());
        cluster.settle();
        assertThat(events())
                .containsExactly(
                        "Warning UnexpectedJob Saw a job that the controller did not create or"
                                + " forgot: by-hand");
        end(jobs().getFirst(), "Complete");
        assertThat(cronJob().getStatus().getLastSuccessfulTime()).isNotNull();
    }

    @Test
    void runsThroughAWeekInWhichClocksChange() {
        // Berlin puts its clocks forward on 29 March, from 02:00 to 03:00.
        cluster.advance(Duration.between(cluster.now(), Instant.parse("2026-03-26T00:00:00Z")));
        create(spec("30 2 * * *").withTimeZone("Europe/Berlin"));
        cluster.advance(Duration.ofDays(7));

        assertThat(jobs())
                .extracting(job -> job.getMetadata().getAnnotations().get(JobStamp.SCHEDULED))
                .containsExactly(
                        "2026-03-26T02:30:00+01:00",
                        "2026-03-27T02:30:00+01:00",
                        "2026-03-28T02:30:00+01:00",
                        "2026-03-30T02:30:00+02:00",
                        "2026-03-31T02:30:00+02:00",
                        "2026-04-01T02:30:00+02:00");
    }

    @Test
    void runsTwiceInTheHourThatComesTwice() {
        cluster.advance(Duration.between(cluster.now(), Instant.parse("2026-10-24T00:00:00Z")));
        create(spec("30 2 * * *").withTimeZone("Europe/Berlin"));
        cluster.advance(Duration.ofDays(3));

        assertThat(jobs())
                .extracting(job -> job.getMetadata().getAnnotations().get(JobStamp.SCHEDULED))
                .containsExactly(
                        "2026-10-24T02:30:00+02:00",
                        "2026-10-25T02:30:00+02:00",
                        "2026-10-25T02:30:00+01:00",
                        "2026-10-26T02:30:00+01:00");
    }

    @Test
    void runsEveryHourOfAWeek() {
        create(spec("@hourly").withSuccessfulJobsHistoryLimit(1));
        for (int hour = 0; hour < 7 * 24; hour++) {
            cluster.advance(Duration.ofHours(1));
            end(jobs().getLast(), "Complete");
        }
        assertThat(events().stream().filter(line -> line.contains("SuccessfulCreate")))
                .hasSize(7 * 24);
        assertThat(events()).noneMatch(line -> line.startsWith("Warning"));
        assertThat(jobs()).hasSize(1);
    }

    @Test
    void writesNothingWhenRunAgain() {
        create(spec("*/1 * * * *"));
        cluster.advance(MINUTE);

        assertThat(cluster.writesOfAnotherRun(new Key("default", "hello"))).isZero();
    }

    private List<String> events() {
        return cluster.events().lines();
    }

    private List<Job> jobs() {
        return cluster.list(Job.class);
    }

    private CronJob cronJob() {
        return cluster.get(CronJob.class, "hello");
    }

    private void create(CronJobSpecBuilder spec) {
        create(spec, "hello");
    }

    private void create(CronJobSpecBuilder spec, String name) {
        cluster.create(
                new CronJobBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace("default")
                        .endMetadata()
                        .withSpec(spec.build())
                        .build());
        cluster.settle();
    }

    private void change(UnaryOperator<CronJobSpecBuilder> change) {
        CronJob now = cronJob();
        cluster.store()
                .update(
                        new CronJobBuilder(now)
                                .withSpec(
                                        change.apply(new CronJobSpecBuilder(now.getSpec())).build())
                                .build());
        cluster.settle();
    }

    private void end(Job job, String condition) {
        String time = Timestamps.format(cluster.now());
        cluster.store()
                .updateStatus(
                        new JobBuilder(job)
                                .withNewStatus()
                                .withStartTime(job.getMetadata().getCreationTimestamp())
                                .withCompletionTime(condition.equals("Complete") ? time : null)
                                .addNewCondition()
                                .withType(condition)
                                .withStatus("True")
                                .withLastTransitionTime(time)
                                .endCondition()
                                .endStatus()
                                .build());
        cluster.settle();
    }

    private static CronJobSpecBuilder spec(String schedule) {
        return new CronJobSpecBuilder()
                .withSchedule(schedule)
                .withConcurrencyPolicy("Allow")
                .withSuspend(false)
                .withSuccessfulJobsHistoryLimit(3)
                .withFailedJobsHistoryLimit(1)
                .withNewJobTemplate()
                .withNewMetadata()
                .addToLabels("app", "hello")
                .addToAnnotations("from", "template")
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .endJobTemplate();
    }
}
