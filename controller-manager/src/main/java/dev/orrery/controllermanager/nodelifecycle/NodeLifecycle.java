package dev.orrery.controllermanager.nodelifecycle;

import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.event.EventRecorder;
import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.reconcile.Key;
import dev.orrery.machinery.reconcile.ReconcileLoop;
import dev.orrery.machinery.reconcile.Reconciler;
import dev.orrery.machinery.reconcile.Result;
import dev.orrery.machinery.store.StoreClient;
import dev.orrery.machinery.time.Clock;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Notices nodes that have fallen silent, and keeps the taints of all in step with their conditions.
 * Keys are nodes. Silence is measured by this process' own clock, from when it saw the last sign of
 * life. One write a run: the write wakes the key again.
 */
public final class NodeLifecycle implements Reconciler {

    static final Duration GRACE = Duration.ofSeconds(40);

    /** Kubernetes' {@code --node-monitor-period}: how often a node that is not well is seen to. */
    static final Duration PERIOD = Duration.ofSeconds(5);

    private static final int WORKERS = 4;
    private static final String LEASES = "kube-node-lease";

    private record Sign(String mark, Instant seen) {}

    private final Informer<Node> nodes;
    private final Informer<Lease> leases;
    private final StoreClient store;
    private final EventRecorder events;
    private final SilentPods silentPods;
    private final Clock clock;
    private final Map<String, Sign> signs = new ConcurrentHashMap<>();

    private NodeLifecycle(Surroundings surroundings) {
        this.nodes = surroundings.informers().of(Node.class);
        this.leases = surroundings.informers().of(Lease.class);
        this.store = surroundings.store();
        this.events = surroundings.events().from("node-controller", "");
        this.silentPods = new SilentPods(surroundings, events);
        this.clock = surroundings.clock();
    }

    public static ReconcileLoop loop(Surroundings surroundings) {
        NodeLifecycle lifecycle = new NodeLifecycle(surroundings);
        ReconcileLoop loop = new ReconcileLoop("node-lifecycle", lifecycle, surroundings, WORKERS);
        loop.watch(lifecycle.nodes);
        loop.watch(lifecycle.leases, NodeLifecycle::nodeOf);
        return loop;
    }

    @Override
    public Result reconcile(Key key) {
        Node node = nodes.get("", key.name());
        if (node == null) {
            signs.remove(key.name());
            return Result.DONE;
        }
        Instant now = clock.instant();
        Duration left = Duration.between(now, lastSign(node, now).plus(GRACE));
        Optional<Node> silenced =
                left.isPositive() ? Optional.empty() : NodeConditions.silenced(node, now);
        if (silenced.isPresent()) {
            store.updateStatus(silenced.get());
            tell(node);
            return Result.again(PERIOD);
        }
        String ready = NodeConditions.status(node, "Ready");
        ConditionTaints.corrected(node, this::hasReadyNode, now).ifPresent(store::update);
        if (ready.equals("Unknown")) {
            silentPods.markUnready(key.name(), now);
        }
        return Result.again(ready.equals("True") && left.isPositive() ? left : PERIOD);
    }

    private Instant lastSign(Node node, Instant now) {
        String name = node.getMetadata().getName();
        String mark = mark(node, name);
        return signs.compute(
                        name,
                        (_, last) ->
                                last == null || !last.mark().equals(mark)
                                        ? new Sign(mark, now)
                                        : last)
                .seen();
    }

    /** What changes with every sign of life: the lease's renewal, the conditions' heartbeat. */
    private String mark(Node node, String name) {
        Lease lease = leases.get(LEASES, name);
        String heartbeat =
                node.getStatus() == null
                        ? ""
                        : node.getStatus().getConditions().stream()
                                .filter(condition -> condition.getType().equals("Ready"))
                                .map(NodeCondition::getLastHeartbeatTime)
                                .findFirst()
                                .orElse("");
        return (lease == null ? "" : lease.getSpec().getRenewTime()) + " " + heartbeat;
    }

    private boolean hasReadyNode() {
        return nodes.list().stream()
                .anyMatch(node -> NodeConditions.status(node, "Ready").equals("True"));
    }

    private void tell(Node node) {
        if (NodeConditions.status(node, "Ready").equals("True")) {
            events.normal(
                    node,
                    "NodeNotReady",
                    "Node %s status is now: NodeNotReady".formatted(node.getMetadata().getName()));
        }
    }

    private static List<Key> nodeOf(Lease lease) {
        return lease.getMetadata().getNamespace().equals(LEASES)
                ? List.of(new Key("", lease.getMetadata().getName()))
                : List.of();
    }
}
