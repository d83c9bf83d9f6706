package dev.orrery.controllermanager.podgc;

import dev.orrery.controllermanager.pod.Disruption;
import dev.orrery.controllermanager.pod.Pods;
import dev.orrery.controllermanager.podgc.Sweep.Removal;
import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.reconcile.Key;
import dev.orrery.machinery.reconcile.ReconcileLoop;
import dev.orrery.machinery.reconcile.Reconciler;
import dev.orrery.machinery.reconcile.Result;
import dev.orrery.machinery.store.ApiException;
import dev.orrery.machinery.store.Deletion;
import dev.orrery.machinery.store.StoreClient;
import dev.orrery.machinery.time.Clock;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Sweeps up pods that no kubelet will ever remove. It has one key, the whole cluster, and so one
 * thread at a time; it runs every {@link #PERIOD}.
 */
public final class PodGarbageCollector implements Reconciler {

    static final Key CLUSTER = new Key("", "cluster");
    static final Duration PERIOD = Duration.ofSeconds(20);

    /** Kubernetes' {@code --terminated-pod-gc-threshold}. */
    private static final int ENDED_LIMIT = 12500;

    private static final Disruption NODE_GONE =
            new Disruption("DeletionByPodGC", "PodGC: node no longer exists");

    private final Informer<Pod> pods;
    private final Informer<Node> nodes;
    private final StoreClient store;
    private final Clock clock;
    private volatile Map<String, Instant> missingSince = Map.of();

    private PodGarbageCollector(Surroundings surroundings) {
        this.pods = surroundings.informers().of(Pod.class);
        this.nodes = surroundings.informers().of(Node.class);
        this.store = surroundings.store();
        this.clock = surroundings.clock();
    }

    public static ReconcileLoop loop(Surroundings surroundings) {
        PodGarbageCollector collector = new PodGarbageCollector(surroundings);
        ReconcileLoop loop = new ReconcileLoop("pod-garbage-collector", collector, surroundings, 1);
        loop.enqueue(CLUSTER);
        return loop;
    }

    @Override
    public Result reconcile(Key key) {
        Instant now = clock.instant();
        Set<String> known =
                nodes.list().stream()
                        .map(node -> node.getMetadata().getName())
                        .collect(Collectors.toSet());
        Sweep sweep = Sweep.of(pods.list(), known, missingSince, ENDED_LIMIT, now);
        missingSince = sweep.missingSince();
        sweep.removals().forEach(removal -> remove(removal, now));
        return Result.again(PERIOD);
    }

    /** One that is gone already, or is another by now, is no failure. */
    private void remove(Removal removal, Instant now) {
        Pod pod = removal.pod();
        try {
            if (!Pods.isEnded(pod)) {
                markFailed(removal, now);
            }
            store.delete(
                    Pod.class,
                    pod.getMetadata().getNamespace(),
                    pod.getMetadata().getName(),
                    Deletion.of(pod.getMetadata().getUid()).withGracePeriod(0));
        } catch (ApiException e) {
            if (!e.isNotFound() && !e.isConflict()) {
                throw e;
            }
        }
    }

    private void markFailed(Removal removal, Instant now) {
        switch (removal.why()) {
            case NODE_GONE -> NODE_GONE.mark(store, removal.pod(), true, now);
            case NEVER_BOUND, ENDED_TOO_MANY -> Disruption.fail(store, removal.pod());
        }
    }
}
