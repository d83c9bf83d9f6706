package dev.orrery.controllermanager.cronjob;

import dev.orrery.controllermanager.owner.Owners;
import dev.orrery.controllermanager.time.Timestamps;
import dev.orrery.machinery.event.EventRecorder;
import dev.orrery.machinery.store.ApiException;
import dev.orrery.machinery.store.Deletion;
import dev.orrery.machinery.store.StoreClient;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobStatus;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobStatusBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Creates and deletes the jobs of CronJobs, and tells of it in their events. */
final class JobWriter {

    private final StoreClient store;
    private final EventRecorder events;

    JobWriter(StoreClient store, EventRecorder events) {
        this.store = store;
        this.events = events;
    }

    /** A CronJob's status while it is worked out: what was done is in it, also after a failure. */
    static final class Ledger {

        private final CronJobStatus before;
        private final List<ObjectReference> active;
        private final @Nullable String lastSuccessfulTime;
        private @Nullable String lastScheduleTime;

        Ledger(CronJob cronJob, List<ObjectReference> active, @Nullable String lastSuccessfulTime) {
            this.before = Objects.requireNonNullElseGet(cronJob.getStatus(), CronJobStatus::new);
            this.active = new ArrayList<>(active);
            this.lastSuccessfulTime = lastSuccessfulTime;
            this.lastScheduleTime = before.getLastScheduleTime();
        }

        List<ObjectReference> active() {
            return List.copyOf(active);
        }

        CronJobStatus status() {
            return new CronJobStatusBuilder(before)
                    .withActive(active)
                    .withLastScheduleTime(lastScheduleTime)
                    .withLastSuccessfulTime(lastSuccessfulTime)
                    .build();
        }

        private void started(Job job, Instant time) {
            lastScheduleTime = Timestamps.format(time);
            active.add(
                    new ObjectReferenceBuilder()
                            .withApiVersion(job.getApiVersion())
                            .withKind(job.getKind())
                            .withNamespace(job.getMetadata().getNamespace())
                            .withName(job.getMetadata().getName())
                            .withUid(job.getMetadata().getUid())
                            .withResourceVersion(job.getMetadata().getResourceVersion())
                            .build());
        }

        private void gone(@Nullable String uid) {
            active.removeIf(reference -> Objects.equals(reference.getUid(), uid));
        }
    }

    /** A job of that name may have been made before: the name says for which time. */
    void create(CronJob cronJob, Job job, Instant time, Ledger ledger) {
        try {
            Job created = store.create(job);
            events.normal(
                    cronJob, "SuccessfulCreate", "Created job " + created.getMetadata().getName());
            ledger.started(created, time);
        } catch (ApiException e) {
            if (e.isAlreadyExists()) {
                takeUp(cronJob, job, time, ledger);
            } else if (!e.isNamespaceTerminating()) {
                events.warning(cronJob, "FailedCreate", "Error creating job: " + e.getMessage());
                throw e;
            }
        }
    }

    private void takeUp(CronJob cronJob, Job job, Instant time, Ledger ledger) {
        Job found =
                store.get(Job.class, job.getMetadata().getNamespace(), job.getMetadata().getName());
        if (Owners.isControlledBy(found, cronJob) && !Upkeep.has(ledger.active(), found)) {
            ledger.started(found, time);
        }
    }

    void replace(CronJob cronJob, List<ObjectReference> replaced, Ledger ledger) {
        for (ObjectReference reference : replaced) {
            delete(cronJob, reference.getName(), reference.getUid(), ledger);
        }
    }

    void delete(CronJob cronJob, Collection<Job> jobs, Ledger ledger) {
        for (Job job : jobs) {
            delete(cronJob, job.getMetadata().getName(), job.getMetadata().getUid(), ledger);
        }
    }

    private void delete(CronJob cronJob, String name, String uid, Ledger ledger) {
        try {
            store.delete(
                    Job.class,
                    cronJob.getMetadata().getNamespace(),
                    name,
                    Deletion.of(uid).withPropagation("Background"));
            events.normal(cronJob, "SuccessfulDelete", "Deleted job " + name);
        } catch (ApiException e) {
            if (!e.isNotFound() && !e.isConflict()) {
                events.warning(cronJob, "FailedDelete", "Deleted job: " + e.getMessage());
                throw e;
            }
        }
        ledger.gone(uid);
    }
}
