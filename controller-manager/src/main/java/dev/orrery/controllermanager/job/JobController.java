package dev.orrery.controllermanager.job;

import dev.orrery.controllermanager.label.Selector;
import dev.orrery.controllermanager.owner.Dependents;
import dev.orrery.controllermanager.owner.Owners;
import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.reconcile.Key;
import dev.orrery.machinery.reconcile.ReconcileLoop;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;

/** The loops that run jobs, and that free the pods which jobs leave behind. */
public final class JobController {

    private static final int WORKERS = 5;
    private static final int ORPHAN_WORKERS = 1;

    private JobController() {}

    public static ReconcileLoop loop(Surroundings surroundings) {
        Informer<Job> jobs = surroundings.informers().of(Job.class);
        JobReconciler reconciler = new JobReconciler(surroundings.recordingAs("job-controller"));
        ReconcileLoop loop = new ReconcileLoop("job", reconciler, surroundings, WORKERS);
        loop.watch(jobs);
        jobs.addHandler((before, after, _) -> {
            if (before != null && (after == null || Jobs.isFinished(after))) {
                reconciler.forget(before);
            }
        });
        surroundings
                .informers()
                .of(Pod.class)
                .addHandler(
                        new Dependents<>(
                                Job.class,
                                jobs,
                                job -> Selector.of(job.getSpec().getSelector()),
                                loop::enqueue));
        return loop;
    }

    public static ReconcileLoop orphans(Surroundings surroundings) {
        Informer<Job> jobs = surroundings.informers().of(Job.class);
        Informer<Pod> pods = surroundings.informers().of(Pod.class);
        OrphanPods reconciler = new OrphanPods(jobs, pods, surroundings.store());
        ReconcileLoop loop =
                new ReconcileLoop("job-orphan", reconciler, surroundings, ORPHAN_WORKERS);
        loop.watch(pods, pod -> reconciler.isLeftBehind(pod) ? List.of(Key.of(pod)) : List.of());
        jobs.addHandler((before, after, change) -> {
            if (before != null && (after == null || ends(after))) {
                pods.ownedBy(before.getMetadata().getUid()).stream()
                        .filter(Tracking::isTracked)
                        .forEach(pod -> loop.enqueue(Key.of(pod), change));
            }
        });
        return loop;
    }

    private static boolean ends(Job job) {
        return Owners.isBeingDeleted(job) || Jobs.isFinished(job);
    }
}
