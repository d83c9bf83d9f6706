package dev.orrery.controllermanager.ttl;

import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.reconcile.Key;
import dev.orrery.machinery.reconcile.ReconcileLoop;
import dev.orrery.machinery.reconcile.Reconciler;
import dev.orrery.machinery.reconcile.Result;
import dev.orrery.machinery.store.ApiException;
import dev.orrery.machinery.store.Deletion;
import dev.orrery.machinery.store.StoreClient;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Deletes jobs, with their pods, once their ttlSecondsAfterFinished are over. */
public final class TtlController implements Reconciler {

    private static final int WORKERS = 2;

    private final Informer<Job> jobs;
    private final StoreClient store;
    private final InstantSource clock;

    private TtlController(Surroundings surroundings) {
        this.jobs = surroundings.informers().of(Job.class);
        this.store = surroundings.store();
        this.clock = surroundings.clock();
    }

    public static ReconcileLoop loop(Surroundings surroundings) {
        TtlController controller = new TtlController(surroundings);
        ReconcileLoop loop =
                new ReconcileLoop("ttl-after-finished", controller, surroundings, WORKERS);
        loop.watch(controller.jobs);
        return loop;
    }

    @Override
    public Result reconcile(Key key) {
        Job job = jobs.get(key.namespace(), key.name());
        Optional<Duration> remaining =
                job == null ? Optional.empty() : TimeToLive.remaining(job, clock.instant());
        if (job == null || remaining.isEmpty()) {
            return Result.DONE;
        }
        if (remaining.get().isPositive()) {
            return Result.again(remaining.get());
        }
        delete(job);
        return Result.DONE;
    }

    /** Only as the job is known here: a longer time to live may just have been written. */
    private void delete(Job job) {
        Deletion unchanged =
                new Deletion(
                        job.getMetadata().getUid(),
                        job.getMetadata().getResourceVersion(),
                        null,
                        "Foreground");
        try {
            store.delete(
                    Job.class,
                    job.getMetadata().getNamespace(),
                    job.getMetadata().getName(),
                    unchanged);
        } catch (ApiException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }
}
