package dev.orrery.controllermanager.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.machinery.store.ApiException;
import dev.orrery.machinery.store.PatchType;
import dev.orrery.machinery.store.StoreClient;
import io.fabric8.kubernetes.api.model.Pod;

/**
 * The finalizer by which a job holds on to a pod until it is counted. A pod without it has been
 * counted, or never will be.
 */
public final class Tracking {

    public static final String FINALIZER = "batch.kubernetes.io/job-tracking";

    private Tracking() {}

    static boolean isTracked(Pod pod) {
        return pod.getMetadata().getFinalizers() != null
                && pod.getMetadata().getFinalizers().contains(FINALIZER);
    }

    /** Lets go of this very pod; one that is gone already is no failure. */
    static void end(StoreClient store, Pod pod) {
        try {
            send(store, pod, patch(pod));
        } catch (ApiException e) {
            // Another pod has the name by now.
            if (!e.isConflict()) {
                throw e;
            }
        }
    }

    /**
     * As above, but a conflict if the pod is no longer as the caller knows it: it may have ended.
     */
    static void endUnchanged(StoreClient store, Pod pod) {
        ObjectNode patch = patch(pod);
        patch.withObject("/metadata")
                .put("resourceVersion", pod.getMetadata().getResourceVersion());
        send(store, pod, patch);
    }

    private static void send(StoreClient store, Pod pod, JsonNode patch) {
        try {
            store.patch(
                    Pod.class,
                    pod.getMetadata().getNamespace(),
                    pod.getMetadata().getName(),
                    "",
                    PatchType.STRATEGIC_MERGE,
                    patch);
        } catch (ApiException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }

    private static ObjectNode patch(Pod pod) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        ObjectNode metadata = patch.putObject("metadata");
        metadata.put("uid", pod.getMetadata().getUid());
        metadata.putArray("$deleteFromPrimitiveList/finalizers").add(FINALIZER);
        return patch;
    }
}
