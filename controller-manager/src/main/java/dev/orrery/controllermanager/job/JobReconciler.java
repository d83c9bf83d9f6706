package dev.orrery.controllermanager.job;

import dev.orrery.controllermanager.label.Selector;
import dev.orrery.controllermanager.owner.Claim;
import dev.orrery.controllermanager.owner.Claimer;
import dev.orrery.controllermanager.pod.Pods;
import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.event.EventRecorder;
import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.reconcile.Key;
import dev.orrery.machinery.reconcile.Reconciler;
import dev.orrery.machinery.reconcile.Result;
import dev.orrery.machinery.store.StoreClient;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Runs jobs to their end. Each run makes or deletes pods, then writes a status that names the pods
 * that have ended, then lets go of those pods, then writes their number: stopped anywhere, the next
 * run takes up where it was.
 */
final class JobReconciler implements Reconciler {

    private final Informer<Job> jobs;
    private final Informer<Pod> pods;
    private final StoreClient store;
    private final EventRecorder events;
    private final InstantSource clock;
    private final Claimer claimer;
    private final MoveWriter writer;

    /** By the jobs' uids; what is lost with the process is read off the pods again. */
    private final Map<String, Endings> endings = new ConcurrentHashMap<>();

    JobReconciler(Surroundings surroundings) {
        this.jobs = surroundings.informers().of(Job.class);
        this.pods = surroundings.informers().of(Pod.class);
        this.store = surroundings.store();
        this.events = surroundings.events();
        this.clock = surroundings.clock();
        this.claimer = new Claimer(store, Tracking.FINALIZER);
        this.writer = new MoveWriter(surroundings);
    }

    @Override
    public Result reconcile(Key key) {
        Job job = jobs.get(key.namespace(), key.name());
        if (job == null || !Jobs.isOurs(job) || Jobs.isFinished(job)) {
            return Result.DONE;
        }
        Situation situation = situation(job);
        IndexFailures indexes = IndexFailures.of(situation, situation.succeededIndexes());
        Verdict verdict = Verdict.of(situation, indexes);
        MoveWriter.Done done =
                writer.carryOut(job, Move.of(situation, verdict, indexes), Numbers.of(situation));
        verdict = verdict.withCompletion(situation, done.numbers());
        account(situation, verdict, indexes, done.numbers());
        if (done.failure() != null) {
            throw done.failure();
        }
        return verdict instanceof Verdict.GoesOn ? recheck(situation, indexes) : Result.DONE;
    }

    /** Called when the job is gone or at its end. */
    void forget(Job job) {
        endings.remove(job.getMetadata().getUid());
    }

    private Situation situation(Job job) {
        List<Pod> held = claimer.carryOut(claim(job), job, Pod.class);
        Endings ended =
                endings.merge(
                        job.getMetadata().getUid(),
                        Endings.NONE.and(job, held),
                        (known, _) -> known.and(job, held));
        return new Situation(job, held, ended.backoff(), clock.instant());
    }

    private Claim<Pod> claim(Job job) {
        List<Pod> candidates = new ArrayList<>(pods.ownedBy(job.getMetadata().getUid()));
        pods.byIndex(Pods.ORPHANS, job.getMetadata().getNamespace()).stream()
                .filter(pod -> !candidates.contains(pod))
                .forEach(candidates::add);
        return Claim.of(job, Selector.of(job.getSpec().getSelector()), candidates);
    }

    private void account(
            Situation situation, Verdict verdict, IndexFailures indexes, Numbers numbers) {
        boolean stopped = !(verdict instanceof Verdict.GoesOn) && numbers.active() == 0;
        Counting counting = Counting.of(situation, verdict, indexes, stopped);
        Set<String> heldOn = heldOn(situation);
        JobStatus named =
                StatusPlan.counting(
                        StatusPlan.naming(situation, verdict, indexes, numbers, counting), heldOn);
        Job written = write(situation.job(), named);
        counting.letGo().forEach(pod -> Tracking.end(store, pod));
        counting.letGo().forEach(pod -> heldOn.remove(pod.getMetadata().getUid()));
        JobStatus counted = StatusPlan.counting(written.getStatus(), heldOn);
        write(
                written,
                counting.isAll() ? StatusPlan.ending(counted, verdict, situation.now()) : counted);
    }

    private static Set<String> heldOn(Situation situation) {
        Set<String> uids = new HashSet<>();
        situation.pods().stream()
                .filter(Tracking::isTracked)
                .forEach(pod -> uids.add(pod.getMetadata().getUid()));
        return uids;
    }

    private Job write(Job job, JobStatus status) {
        JobStatus before = Objects.requireNonNullElseGet(job.getStatus(), JobStatus::new);
        if (status.equals(before)) {
            return new JobBuilder(job).withStatus(status).build();
        }
        Job written = store.updateStatus(new JobBuilder(job).withStatus(status).build());
        Announcement.of(job, before, status).forEach(told -> told.tell(events, job));
        return written;
    }

    private Result recheck(Situation situation, IndexFailures indexes) {
        Instant now = situation.now();
        return Stream.of(
                        Optional.ofNullable(Deadline.remaining(situation.job(), now)),
                        Missing.wait(situation, indexes))
                .flatMap(Optional::stream)
                .min(Duration::compareTo)
                .map(Result::again)
                .orElse(Result.DONE);
    }
}
