package dev.orrery.kubelet.node;

import dev.orrery.machinery.store.ApiException;
import dev.orrery.machinery.store.PatchType;
import dev.orrery.machinery.store.StoreClient;
import dev.orrery.machinery.time.Clock;
import io.fabric8.kubernetes.api.model.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a node's object in the API: makes it, corrects it, confirms it every five minutes.
 * Level-driven: each call looks at what is there. Blocks; called by one thread at a time.
 */
final class NodeRegistration {

    private static final Duration HEARTBEAT = Duration.ofMinutes(5);

    private final NodeShape shape;
    private final StoreClient store;
    private final Clock clock;
    private final Supplier<@Nullable Node> known;
    private final Pressure pressure;
    private @Nullable Instant lastHeartbeat;

    /**
     * @param known the object as the informer has it, or null
     */
    NodeRegistration(
            NodeShape shape,
            StoreClient store,
            Clock clock,
            Supplier<@Nullable Node> known,
            Pressure pressure) {
        this.shape = shape;
        this.store = store;
        this.clock = clock;
        this.known = known;
        this.pressure = pressure;
    }

    /**
     * @return the object as it is now
     */
    Node ensure() {
        Node node = known.get();
        Node current = node == null ? createOrGet() : node;
        Instant now = clock.instant();
        boolean heartbeat = lastHeartbeat == null || !lastHeartbeat.plus(HEARTBEAT).isAfter(now);
        Node corrected = correct(current, heartbeat && node != null, now);
        if (heartbeat) {
            lastHeartbeat = now;
        }
        return corrected;
    }

    private Node createOrGet() {
        try {
            return store.create(NodeObject.of(shape, clock.instant()));
        } catch (ApiException e) {
            if (!e.isAlreadyExists()) {
                throw e;
            }
            return store.get(Node.class, "", shape.name());
        }
    }

    private Node correct(Node node, boolean heartbeat, Instant now) {
        Node corrected =
                NodePatch.ofObject(node, shape)
                        .map(patch ->
                                store.patch(
                                        Node.class,
                                        "",
                                        shape.name(),
                                        "",
                                        PatchType.STRATEGIC_MERGE,
                                        patch))
                        .orElse(node);
        return NodePatch.ofStatus(corrected, shape, pressure.holds(now), heartbeat, now)
                .map(patch ->
                        store.patch(
                                Node.class,
                                "",
                                shape.name(),
                                "status",
                                PatchType.STRATEGIC_MERGE,
                                patch))
                .orElse(corrected);
    }
}
