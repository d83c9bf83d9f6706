package dev.orrery.controllermanager.statefulset;

import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.event.EventRecorder;
import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.store.ApiException;
import dev.orrery.machinery.store.Deletion;
import dev.orrery.machinery.store.StoreClient;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Takes a plan's steps, and tells of them in the set's events. */
final class StatefulWriter {

    private final StoreClient store;
    private final EventRecorder events;
    private final Informer<PersistentVolumeClaim> claims;

    StatefulWriter(Surroundings surroundings) {
        this.store = surroundings.store();
        this.events = surroundings.events();
        this.claims = surroundings.informers().of(PersistentVolumeClaim.class);
    }

    /**
     * @param templates the pod template by a revision's name
     */
    void take(StatefulSet set, Step step, Function<String, PodTemplateSpec> templates) {
        switch (step) {
            case Step.Create(int ordinal, String revision) ->
                    create(set, Identity.pod(set, templates.apply(revision), revision, ordinal));
            case Step.Replace(Pod ended) -> replace(set, ended);
            case Step.Furnish(Pod pod) -> furnish(set, pod);
            case Step.Identify(Pod pod) -> identify(set, pod);
            case Step.Delete(Pod pod) -> delete(set, pod);
        }
    }

    /** Writes into a pod's claims with whom they go. */
    void retain(StatefulSet set, Pod pod) {
        Retention retention = new Retention(set);
        for (PersistentVolumeClaim wanted : ClaimTemplates.claims(set, Ordinals.of(set, pod))) {
            PersistentVolumeClaim present = present(wanted);
            PersistentVolumeClaim owned = present == null ? null : retention.of(present, pod);
            if (owned != null && !owned.equals(present)) {
                store.update(owned);
            }
        }
    }

    private void create(StatefulSet set, Pod pod) {
        furnish(set, pod);
        try {
            store.create(pod);
        } catch (ApiException e) {
            tellFailure(set, "create", pod, e);
            throw e;
        }
        tellSuccess(set, "create", pod);
    }

    private void replace(StatefulSet set, Pod ended) {
        boolean failed = "Failed".equals(ended.getStatus().getPhase());
        String message =
                "StatefulSet %s/%s is recreating %s Pod %s"
                        .formatted(
                                set.getMetadata().getNamespace(),
                                set.getMetadata().getName(),
                                failed ? "failed" : "terminated",
                                ended.getMetadata().getName());
        if (failed) {
            events.warning(set, "RecreatingFailedPod", message);
        } else {
            events.normal(set, "RecreatingTerminatedPod", message);
        }
        delete(set, ended);
    }

    private void delete(StatefulSet set, Pod pod) {
        try {
            store.delete(
                    Pod.class,
                    pod.getMetadata().getNamespace(),
                    pod.getMetadata().getName(),
                    Deletion.of(pod.getMetadata().getUid()));
        } catch (ApiException e) {
            if (e.isNotFound() || e.isConflict()) {
                return;
            }
            tellFailure(set, "delete", pod, e);
            throw e;
        }
        tellSuccess(set, "delete", pod);
    }

    private void identify(StatefulSet set, Pod pod) {
        try {
            store.update(Identity.restored(set, pod));
        } catch (ApiException e) {
            tellFailure(set, "update", pod, e);
            throw e;
        }
        tellSuccess(set, "update", pod);
    }

    private void furnish(StatefulSet set, Pod pod) {
        Retention retention = new Retention(set);
        for (PersistentVolumeClaim claim : ClaimTemplates.claims(set, Ordinals.of(set, pod))) {
            PersistentVolumeClaim present = present(claim);
            if (present == null) {
                create(set, pod, retention.ofNew(claim));
            } else if (present.getMetadata().getDeletionTimestamp() != null) {
                throw new IllegalStateException(
                        "pvc %s is being deleted".formatted(claim.getMetadata().getName()));
            }
        }
    }

    private void create(StatefulSet set, Pod pod, PersistentVolumeClaim claim) {
        String what =
                "create Claim %s Pod %s in StatefulSet %s"
                        .formatted(
                                claim.getMetadata().getName(),
                                pod.getMetadata().getName(),
                                set.getMetadata().getName());
        try {
            store.create(claim);
        } catch (ApiException e) {
            if (e.isAlreadyExists()) {
                return;
            }
            events.warning(set, "FailedCreate", what + " failed error: " + e.getMessage());
            throw e;
        }
        events.normal(set, "SuccessfulCreate", what + " success");
    }

    private @Nullable PersistentVolumeClaim present(PersistentVolumeClaim claim) {
        return claims.get(claim.getMetadata().getNamespace(), claim.getMetadata().getName());
    }

    private void tellSuccess(StatefulSet set, String verb, Pod pod) {
        events.normal(set, "Successful" + reason(verb), what(set, verb, pod) + " successful");
    }

    private void tellFailure(StatefulSet set, String verb, Pod pod, ApiException refusal) {
        if (!refusal.isNamespaceTerminating()) {
            events.warning(
                    set,
                    "Failed" + reason(verb),
                    what(set, verb, pod) + " failed error: " + refusal.getMessage());
        }
    }

    private static String what(StatefulSet set, String verb, Pod pod) {
        return "%s Pod %s in StatefulSet %s"
                .formatted(verb, pod.getMetadata().getName(), set.getMetadata().getName());
    }

    private static String reason(String verb) {
        return Character.toUpperCase(verb.charAt(0)) + verb.substring(1);
    }
}
