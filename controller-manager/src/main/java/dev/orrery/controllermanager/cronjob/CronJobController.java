package dev.orrery.controllermanager.cronjob;

import dev.orrery.controllermanager.job.Announcement;
import dev.orrery.controllermanager.owner.Owners;
import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.event.EventRecorder;
import dev.orrery.machinery.informer.ChangeHandler.Change;
import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.reconcile.Key;
import dev.orrery.machinery.reconcile.ReconcileLoop;
import dev.orrery.machinery.reconcile.Reconciler;
import dev.orrery.machinery.reconcile.Result;
import dev.orrery.machinery.store.StoreClient;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobStatus;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs CronJobs. */
public final class CronJobController implements Reconciler {

    private static final int WORKERS = 5;

    private final Informer<CronJob> cronJobs;
    private final Informer<Job> jobs;
    private final StoreClient store;
    private final EventRecorder events;
    private final InstantSource clock;
    private final JobWriter writer;

    private CronJobController(Surroundings surroundings) {
        this.cronJobs = surroundings.informers().of(CronJob.class);
        this.jobs = surroundings.informers().of(Job.class);
        this.store = surroundings.store();
        this.events = surroundings.events();
        this.clock = surroundings.clock();
        this.writer = new JobWriter(store, events);
    }

    public static ReconcileLoop loop(Surroundings surroundings) {
        CronJobController controller =
                new CronJobController(surroundings.recordingAs("cronjob-controller"));
        ReconcileLoop loop = new ReconcileLoop("cronjob", controller, surroundings, WORKERS);
        controller.cronJobs.addHandler(
                (before, after, change) -> controller.wake(before, after, change, loop));
        loop.watchOwned(controller.jobs, "CronJob");
        return loop;
    }

    /** A new schedule is for the future: it wakes the CronJob at its next time, not now. */
    private void wake(
            @Nullable CronJob before, @Nullable CronJob after, Change change, ReconcileLoop loop) {
        if (after == null) {
            return;
        }
        if (before != null
                && isRescheduled(before.getSpec(), after.getSpec())
                && Timetable.of(after) instanceof Timetable.Runs runs
                && runs.schedule().next(clock.instant(), runs.zone()).isPresent()) {
            loop.enqueueAfter(
                    Key.of(after), Timetable.untilNext(after, runs, clock.instant()), change);
        } else {
            loop.enqueue(Key.of(after), change);
        }
    }

    private static boolean isRescheduled(CronJobSpec before, CronJobSpec after) {
        return !Objects.equals(before.getSchedule(), after.getSchedule())
                || !Objects.equals(before.getTimeZone(), after.getTimeZone());
    }

    @Override
    public Result reconcile(Key key) {
        CronJob cronJob = cronJobs.get(key.namespace(), key.name());
        if (cronJob == null) {
            return Result.DONE;
        }
        Instant now = clock.instant();
        List<Job> own = own(cronJob);
        Upkeep upkeep = Upkeep.of(cronJob, own, name -> jobs.get(key.namespace(), name) != null);
        tell(cronJob, upkeep.told());
        JobWriter.Ledger ledger =
                new JobWriter.Ledger(cronJob, upkeep.active(), upkeep.lastSuccessfulTime());
        Timetable timetable = Timetable.of(cronJob);
        try {
            run(cronJob, timetable, ledger, now);
            writer.delete(cronJob, History.outdated(cronJob, own), ledger);
        } finally {
            writeStatus(cronJob, ledger.status());
        }
        return timetable instanceof Timetable.Runs runs ? again(cronJob, runs, now) : Result.DONE;
    }

    private List<Job> own(CronJob cronJob) {
        return jobs.ownedBy(cronJob.getMetadata().getUid()).stream()
                .filter(job -> Owners.isControlledBy(job, cronJob))
                .toList();
    }

    private void run(CronJob cronJob, Timetable timetable, JobWriter.Ledger ledger, Instant now) {
        switch (timetable) {
            case Timetable.Rests() -> {}
            case Timetable.Wrong(Announcement why) -> tell(cronJob, List.of(why));
            case Timetable.Runs runs -> {
                Turn turn = Turn.of(cronJob, runs, ledger.active(), now);
                tell(cronJob, turn.told());
                turn.start()
                        .ifPresent(time -> {
                            writer.replace(cronJob, turn.replaced(), ledger);
                            Job job = JobStamp.job(cronJob, time, runs.zone());
                            writer.create(cronJob, job, time, ledger);
                        });
            }
        }
    }

    private Result again(CronJob cronJob, Timetable.Runs runs, Instant now) {
        return runs.schedule().next(now, runs.zone()).isPresent()
                ? Result.again(Timetable.untilNext(cronJob, runs, now))
                : Result.DONE;
    }

    private void tell(CronJob cronJob, List<Announcement> told) {
        told.forEach(announcement -> announcement.tell(events, cronJob));
    }

    private void writeStatus(CronJob cronJob, CronJobStatus status) {
        CronJobStatus before =
                Objects.requireNonNullElseGet(cronJob.getStatus(), CronJobStatus::new);
        if (!status.equals(before)) {
            store.updateStatus(new CronJobBuilder(cronJob).withStatus(status).build());
        }
    }
}
