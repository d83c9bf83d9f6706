package dev.orrery.controllermanager.pod;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.controllermanager.time.Timestamps;
import dev.orrery.machinery.store.Json;
import dev.orrery.machinery.store.PatchType;
import dev.orrery.machinery.store.StoreClient;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;

/**
 * Why a control loop takes a pod away, written into the pod before its deletion: Job's pod failure
 * policy and people read it there.
 *
 * @param reason {@code DeletionByPodGC}
 */
public record Disruption(String reason, String message) {

    /** Writes the condition, and the phase {@code Failed} where the pod will run no more. */
    public void mark(StoreClient store, Pod pod, boolean failed, Instant now) {
        ObjectNode patch = patch(pod);
        if (failed) {
            patch.withObject("/status").put("phase", "Failed");
        }
        patch.withObject("/status")
                .withArray("conditions")
                .addObject()
                .put("type", "DisruptionTarget")
                .put("status", "True")
                .put("reason", reason)
                .put("message", message)
                .put("lastTransitionTime", Timestamps.format(now));
        write(store, pod, patch);
    }

    /** The phase {@code Failed} alone: the pod ends for no reason worth a condition. */
    public static void fail(StoreClient store, Pod pod) {
        ObjectNode patch = patch(pod);
        patch.withObject("/status").put("phase", "Failed");
        write(store, pod, patch);
    }

    private static ObjectNode patch(Pod pod) {
        ObjectNode patch = Json.MAPPER.createObjectNode();
        patch.withObject("/metadata").put("uid", pod.getMetadata().getUid());
        return patch;
    }

    private static void write(StoreClient store, Pod pod, ObjectNode patch) {
        store.patch(
                Pod.class,
                pod.getMetadata().getNamespace(),
                pod.getMetadata().getName(),
                "status",
                PatchType.STRATEGIC_MERGE,
                patch);
    }
}
