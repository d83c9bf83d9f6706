package dev.orrery.controllermanager.tainteviction;

import dev.orrery.controllermanager.owner.Owners;
import dev.orrery.controllermanager.pod.Disruption;
import dev.orrery.controllermanager.pod.Pods;
import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.event.EventRecorder;
import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.reconcile.Key;
import dev.orrery.machinery.reconcile.ReconcileLoop;
import dev.orrery.machinery.reconcile.Reconciler;
import dev.orrery.machinery.reconcile.Result;
import dev.orrery.machinery.selector.Tolerations;
import dev.orrery.machinery.store.ApiException;
import dev.orrery.machinery.store.Deletion;
import dev.orrery.machinery.store.StoreClient;
import dev.orrery.machinery.time.Clock;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Taint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Deletes pods that do not, or no longer, tolerate the NoExecute taints of their node. Keys are
 * pods. Toleration times count from when this process first saw pod and taint together.
 */
public final class TaintEviction implements Reconciler {

    private static final int WORKERS = 8;
    private static final Disruption TAINTED =
            new Disruption(
                    "DeletionByTaintManager", "Taint manager: deleting due to NoExecute taint");

    private final Informer<Pod> pods;
    private final Informer<Node> nodes;
    private final StoreClient store;
    private final EventRecorder events;
    private final Clock clock;
    private final Map<Key, Instant> taintedSince = new ConcurrentHashMap<>();

    private TaintEviction(Surroundings surroundings) {
        this.pods = surroundings.informers().of(Pod.class);
        this.nodes = surroundings.informers().of(Node.class);
        this.store = surroundings.store();
        this.events = surroundings.events().from("taint-eviction-controller", "");
        this.clock = surroundings.clock();
    }

    public static ReconcileLoop loop(Surroundings surroundings) {
        TaintEviction eviction = new TaintEviction(surroundings);
        ReconcileLoop loop = new ReconcileLoop("taint-eviction", eviction, surroundings, WORKERS);
        loop.watch(eviction.pods);
        eviction.nodes.addHandler((before, after, change) -> {
            if (!noExecute(before).equals(noExecute(after))) {
                Node node = Objects.requireNonNull(after == null ? before : after);
                eviction.pods
                        .byIndex(Pods.BY_NODE, node.getMetadata().getName())
                        .forEach(pod -> loop.enqueue(Key.of(pod), change));
            }
        });
        return loop;
    }

    @Override
    public Result reconcile(Key key) {
        Pod pod = pods.get(key.namespace(), key.name());
        if (pod == null || Owners.isBeingDeleted(pod)) {
            taintedSince.remove(key);
            return Result.DONE;
        }
        List<Taint> taints = noExecute(nodes.get("", Pods.nodeName(pod)));
        if (taints.isEmpty()) {
            cancel(key, pod);
            return Result.DONE;
        }
        Instant now = clock.instant();
        Instant since = taintedSince.computeIfAbsent(key, _ -> now);
        return switch (Stay.of(taints, pod.getSpec().getTolerations(), since, now)) {
            case Stay.Forever() -> Result.DONE;
            case Stay.Until(Instant end) -> Result.again(Duration.between(now, end));
            case Stay.Over() -> evict(key, pod, now);
        };
    }

    private void cancel(Key key, Pod pod) {
        if (taintedSince.remove(key) != null) {
            events.normal(pod, "TaintManagerEviction", "Cancelling deletion of Pod " + key);
        }
    }

    private Result evict(Key key, Pod pod, Instant now) {
        events.normal(pod, "TaintManagerEviction", "Marking for deletion Pod " + key);
        try {
            TAINTED.mark(store, pod, false, now);
            store.delete(
                    Pod.class,
                    key.namespace(),
                    key.name(),
                    Deletion.of(pod.getMetadata().getUid()));
        } catch (ApiException e) {
            if (!e.isNotFound() && !e.isConflict()) {
                throw e;
            }
        }
        return Result.DONE;
    }

    private static List<Taint> noExecute(@Nullable Node node) {
        return node == null || node.getSpec() == null
                ? List.of()
                : node.getSpec().getTaints().stream()
                        .filter(taint -> Tolerations.NO_EXECUTE.equals(taint.getEffect()))
                        .toList();
    }
}
