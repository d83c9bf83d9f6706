package dev.orrery.machinery.event;

import io.fabric8.kubernetes.api.model.HasMetadata;

/**
 * Records Kubernetes Events about objects. Returns at once; events are written in the background,
 * aggregated and limited as Kubernetes' recorder does, and never hold up or fail the work that they
 * tell of. Used from any thread.
 */
public interface EventRecorder {

    /** {@code Normal}: something went as it should. */
    void normal(HasMetadata regarding, String reason, String message);

    /** {@code Warning}: something needs a person's eye. */
    void warning(HasMetadata regarding, String reason, String message);

    /** As above, about a part: {@code spec.containers{nginx}}. */
    void event(HasMetadata regarding, String fieldPath, String type, String reason, String message);

    /**
     * The same recorder, speaking as another source: {@code replicaset-controller}, or the {@code
     * kubelet} of {@code node-1}.
     *
     * @param host the node; empty for a source that belongs to none
     */
    default EventRecorder from(String component, String host) {
        return this;
    }
}
