package dev.orrery.controllermanager.job;

import dev.orrery.controllermanager.label.Selector;
import dev.orrery.controllermanager.owner.Owners;
import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.reconcile.Key;
import dev.orrery.machinery.reconcile.Reconciler;
import dev.orrery.machinery.reconcile.Result;
import dev.orrery.machinery.store.StoreClient;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;

/**
 * Lets go of pods that no job is ever going to count: their job is gone or has ended, or they have
 * none. Without it they could not be deleted.
 */
final class OrphanPods implements Reconciler {

    private final Informer<Job> jobs;
    private final Informer<Pod> pods;
    private final StoreClient store;

    OrphanPods(Informer<Job> jobs, Informer<Pod> pods, StoreClient store) {
        this.jobs = jobs;
        this.pods = pods;
        this.store = store;
    }

    @Override
    public Result reconcile(Key key) {
        Pod pod = pods.get(key.namespace(), key.name());
        if (pod != null && isLeftBehind(pod)) {
            Tracking.endUnchanged(store, pod);
        }
        return Result.DONE;
    }

    boolean isLeftBehind(Pod pod) {
        if (!Tracking.isTracked(pod)) {
            return false;
        }
        OwnerReference owner = Owners.controllerOf(pod);
        if (owner == null) {
            return jobs.list(pod.getMetadata().getNamespace()).stream()
                    .noneMatch(job -> goesOn(job) && selects(job, pod));
        }
        if (!owner.getKind().equals(HasMetadata.getKind(Job.class))
                || !owner.getApiVersion().equals(HasMetadata.getApiVersion(Job.class))) {
            return false;
        }
        Job job = jobs.get(pod.getMetadata().getNamespace(), owner.getName());
        return job == null
                || !job.getMetadata().getUid().equals(owner.getUid())
                || (Jobs.isOurs(job) && !goesOn(job));
    }

    /** It will adopt such a pod, or counts it. */
    private static boolean goesOn(Job job) {
        return !Owners.isBeingDeleted(job) && !Jobs.isFinished(job);
    }

    private static boolean selects(Job job, Pod pod) {
        return Selector.of(job.getSpec().getSelector()).matches(pod);
    }
}
