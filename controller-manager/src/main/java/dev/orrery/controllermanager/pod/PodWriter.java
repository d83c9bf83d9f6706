package dev.orrery.controllermanager.pod;

import dev.orrery.machinery.event.EventRecorder;
import dev.orrery.machinery.store.ApiException;
import dev.orrery.machinery.store.Deletion;
import dev.orrery.machinery.store.StoreClient;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;

/** Creates and deletes pods for their owners, and tells of it in the owner's events. */
public final class PodWriter {

    private final StoreClient store;
    private final EventRecorder events;

    public PodWriter(StoreClient store, EventRecorder events) {
        this.store = store;
        this.events = events;
    }

    /** Throws what the store throws; the owner's events tell of a refusal. */
    public Pod create(HasMetadata owner, Pod pod) {
        try {
            Pod created = store.create(pod);
            events.normal(
                    owner, "SuccessfulCreate", "Created pod: " + created.getMetadata().getName());
            return created;
        } catch (ApiException e) {
            if (!e.isNamespaceTerminating()) {
                events.warning(owner, "FailedCreate", "Error creating: " + e.getMessage());
            }
            throw e;
        }
    }

    /** Asks for this very pod's deletion; one that is gone already is no failure. */
    public void delete(HasMetadata owner, Pod pod) {
        String name = pod.getMetadata().getName();
        try {
            store.delete(
                    Pod.class,
                    pod.getMetadata().getNamespace(),
                    name,
                    Deletion.of(pod.getMetadata().getUid()));
            events.normal(owner, "SuccessfulDelete", "Deleted pod: " + name);
        } catch (ApiException e) {
            if (!e.isNotFound() && !e.isConflict()) {
                events.warning(owner, "FailedDelete", "Error deleting: " + e.getMessage());
                throw e;
            }
        }
    }
}
