package dev.orrery.scheduler;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.machinery.store.ApiException;
import dev.orrery.machinery.store.PatchType;
import dev.orrery.machinery.store.StoreClient;
import dev.orrery.machinery.store.StoreUnavailableException;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes conditions and nominations into pods' statuses. Blocks. What cannot be written is left:
 * the next try writes it again.
 */
public final class PodStatusWriter {

    private static final Logger LOGGER = System.getLogger(PodStatusWriter.class.getName());

    private final StoreClient store;
    private final InstantSource clock;

    /** A condition as it is to be. */
    public record Condition(String type, String status, String reason, String message) {

        public static Condition notScheduled(String reason, String message) {
            return new Condition("PodScheduled", "False", reason, message);
        }
    }

    public PodStatusWriter(StoreClient store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Writes what differs from the pod as it is given; nothing if nothing does.
     *
     * @param nominatedNode empty ends a nomination, null leaves it
     */
    void write(Pod pod, Condition condition, @Nullable String nominatedNode) {
        PodCondition held = held(pod, condition.type());
        boolean sameCondition = held != null && isSame(held, condition);
        boolean sameNomination = nominatedNode == null || nominatedNode.equals(nominatedNode(pod));
        if (sameCondition && sameNomination) {
            return;
        }
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        if (!sameCondition) {
            status.putArray("conditions").add(json(pod, held, condition));
        }
        if (!sameNomination) {
            status.put("nominatedNodeName", nominatedNode);
        }
        try {
            patch(pod, status);
        } catch (ApiException | StoreUnavailableException e) {
            LOGGER.log(
                    Level.DEBUG,
                    () -> "status not written pod=" + name(pod) + " " + e.getMessage());
        }
    }

    /**
     * Writes one condition.
     *
     * @throws ApiException if the server refuses
     */
    public void writeCondition(Pod pod, Condition condition) {
        PodCondition held = held(pod, condition.type());
        if (held == null || !isSame(held, condition)) {
            ObjectNode status = JsonNodeFactory.instance.objectNode();
            status.putArray("conditions").add(json(pod, held, condition));
            patch(pod, status);
        }
    }

    private void patch(Pod pod, ObjectNode status) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("metadata").put("uid", pod.getMetadata().getUid());
        patch.set("status", status);
        store.patch(
                Pod.class,
                pod.getMetadata().getNamespace(),
                pod.getMetadata().getName(),
                "status",
                PatchType.STRATEGIC_MERGE,
                patch);
    }

    private ObjectNode json(Pod pod, @Nullable PodCondition held, Condition condition) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", condition.type());
        json.put("status", condition.status());
        json.put("reason", condition.reason());
        json.put("message", condition.message());
        boolean stays = held != null && condition.status().equals(held.getStatus());
        if (!stays) {
            json.put(
                    "lastTransitionTime",
                    clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        }
        if (held == null) {
            json.putNull("lastProbeTime");
        }
        Long generation = pod.getMetadata().getGeneration();
        if (generation != null) {
            json.put("observedGeneration", generation);
        }
        return json;
    }

    private static boolean isSame(PodCondition held, Condition condition) {
        return condition.status().equals(held.getStatus())
                && condition.reason().equals(held.getReason())
                && condition.message().equals(held.getMessage());
    }

    private static @Nullable PodCondition held(Pod pod, String type) {
        if (pod.getStatus() == null) {
            return null;
        }
        for (PodCondition each : pod.getStatus().getConditions()) {
            if (type.equals(each.getType())) {
                return each;
            }
        }
        return null;
    }

    private static String nominatedNode(Pod pod) {
        String node = pod.getStatus() == null ? null : pod.getStatus().getNominatedNodeName();
        return Objects.requireNonNullElse(node, "");
    }

    private static String name(Pod pod) {
        return pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
    }
}
