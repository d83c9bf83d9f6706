package dev.orrery.scheduler;

import dev.orrery.machinery.informer.ChangeHandler.Change;
import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.informer.Informers;
import dev.orrery.machinery.reconcile.Key;
import dev.orrery.scheduler.cluster.Cluster;
import dev.orrery.scheduler.cluster.PodInfo;
import dev.orrery.scheduler.framework.ClusterEvent;
import dev.orrery.scheduler.queue.SchedulingQueue;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings what the informers tell into the cluster and the queue. A change only marks its object;
 * the object is then read as it is now, on the scheduling thread, and compared with what was known
 * of it. So many changes of one object cost one look, and what waits here is bounded by the number
 * of objects.
 */
final class ClusterFeed {

    private final SerialLoop loop;
    private final Cluster cluster;
    private final SchedulingQueue queue;
    private final String schedulerName;
    private final Informer<Pod> pods;
    private final Informer<Node> nodes;
    private final Map<Key, PodInfo> known = new HashMap<>();
    private Runnable objectsChanged = () -> {};

    ClusterFeed(
            SerialLoop loop,
            Cluster cluster,
            SchedulingQueue queue,
            Informers informers,
            String schedulerName) {
        this.loop = loop;
        this.cluster = cluster;
        this.queue = queue;
        this.schedulerName = schedulerName;
        pods = informers.of(Pod.class);
        nodes = informers.of(Node.class);
        follow(pods, this::lookAtPod);
        follow(nodes, this::lookAtNode);
    }

    /** Is told when objects that pods wait for may have changed, or the pods are gone. */
    void onObjects(Runnable listener) {
        objectsChanged = listener;
    }

    /** Objects of this kind come and change things for waiting pods. */
    <T extends HasMetadata> void wakeOn(Informer<T> informer) {
        follow(
                informer,
                (key, change) -> {
                    T now = informer.get(key.namespace(), key.name());
                    if (now != null) {
                        queue.happened(new ClusterEvent.ObjectChanged(now), change);
                    }
                    objectsChanged.run();
                });
    }

    <T extends HasMetadata> void follow(Informer<T> informer, BiConsumer<Key, Change> look) {
        Map<Key, Change> marked = new ConcurrentHashMap<>();
        informer.addHandler((before, after, change) -> {
            Key key = Key.of(after == null ? Objects.requireNonNull(before) : after);
            if (marked.put(key, change) == null) {
                loop.post(() -> look.accept(key, Objects.requireNonNull(marked.remove(key))));
            }
        });
    }

    private void lookAtNode(Key key, Change change) {
        var held = cluster.node(key.name());
        Node before = held == null ? null : held.node();
        Node now = nodes.get("", key.name());
        if (now == null) {
            cluster.removeNode(key.name());
            return;
        }
        cluster.observe(now);
        var what = NodeChanges.between(before, now);
        if (!what.isEmpty()) {
            queue.happened(new ClusterEvent.NodeChanged(before, now, what), change);
        }
    }

    private void lookAtPod(Key key, Change change) {
        PodInfo before = known.get(key);
        Pod now = pods.get(key.namespace(), key.name());
        if (now != null && isOver(now)) {
            now = null;
        }
        if (before != null && (now == null || !before.uid().equals(now.getMetadata().getUid()))) {
            known.remove(key);
            gone(before, change);
            before = null;
        }
        if (now == null) {
            return;
        }
        boolean same = before != null && PodChanges.isSame(before.pod(), now);
        PodInfo after = before != null && same ? before.refreshed(now) : PodInfo.of(now);
        known.put(key, after);
        if (after.nodeName().isEmpty()) {
            unbound(after, same, change);
        } else {
            bound(before, after, same, change);
        }
    }

    private void unbound(PodInfo pod, boolean same, Change change) {
        if (!isOwn(pod.pod()) || pod.isTerminating()) {
            queue.remove(pod.uid());
            cluster.nominate(pod, "");
        } else if (cluster.isAssumed(pod.uid())) {
            cluster.refresh(pod);
        } else if (same) {
            queue.refresh(pod);
        } else {
            cluster.nominate(pod, pod.nominatedNode());
            queue.observe(pod, change);
        }
    }

    private void bound(@Nullable PodInfo before, PodInfo pod, boolean same, Change change) {
        if (same
                && cluster.nodeOf(pod.uid()).equals(pod.nodeName())
                && !cluster.isAssumed(pod.uid())) {
            cluster.refresh(pod);
            return;
        }
        boolean wasThere = before != null && !before.nodeName().isEmpty();
        queue.remove(pod.uid());
        cluster.nominate(pod, "");
        cluster.observe(pod, pod.nodeName());
        queue.happened(
                wasThere && before != null
                        ? new ClusterEvent.PlacedPodChanged(before, pod)
                        : new ClusterEvent.PodPlaced(pod),
                change);
    }

    private void gone(PodInfo pod, Change change) {
        String node = cluster.nodeOf(pod.uid());
        boolean heldRoom = !node.isEmpty() || !cluster.nominatedNode(pod.uid()).isEmpty();
        queue.remove(pod.uid());
        cluster.nominate(pod, "");
        cluster.removePod(pod.uid());
        objectsChanged.run();
        if (heldRoom) {
            queue.happened(new ClusterEvent.PodGone(pod, node), change);
        }
    }

    /** The newest version of a pod that still has no node and is still to get one; else null. */
    @Nullable PodInfo stillUnbound(PodInfo pod) {
        PodInfo now = known.get(new Key(pod.namespace(), pod.name()));
        boolean wanted =
                now != null
                        && now.uid().equals(pod.uid())
                        && now.nodeName().isEmpty()
                        && !now.isTerminating();
        return wanted ? now : null;
    }

    private boolean isOwn(Pod pod) {
        String name = pod.getSpec().getSchedulerName();
        return schedulerName.equals(
                name == null || name.isEmpty() ? SchedulerConfig.DEFAULT_NAME : name);
    }

    private static boolean isOver(Pod pod) {
        String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        return "Succeeded".equals(phase) || "Failed".equals(phase);
    }
}
