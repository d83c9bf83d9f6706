package dev.orrery.scheduler.plugin;

import dev.orrery.machinery.reconcile.Key;
import dev.orrery.machinery.selector.Selector;
import dev.orrery.scheduler.cluster.PodInfo;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.ReplicationController;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * By which labels a pod's likes are found: those of the Services that select it and of the workload
 * that controls it. Kept up to date and read on the scheduling thread.
 */
public final class WorkloadSelectors {

    private final Map<String, Map<String, Selector>> services = new HashMap<>();
    private final Map<String, Map<Key, Selector>> workloads = new HashMap<>();

    public void service(Key key, @Nullable Service service) {
        Map<String, String> labels = service == null ? null : service.getSpec().getSelector();
        Map<String, Selector> there =
                services.computeIfAbsent(key.namespace(), any -> new HashMap<>());
        if (labels == null || labels.isEmpty()) {
            there.remove(key.name());
        } else {
            there.put(key.name(), Selector.ofLabels(labels));
        }
        if (there.isEmpty()) {
            services.remove(key.namespace());
        }
    }

    public void replicaSet(Key key, @Nullable ReplicaSet set) {
        workload("ReplicaSet", key, set == null ? null : Selector.of(set.getSpec().getSelector()));
    }

    public void statefulSet(Key key, @Nullable StatefulSet set) {
        workload("StatefulSet", key, set == null ? null : Selector.of(set.getSpec().getSelector()));
    }

    public void replicationController(Key key, @Nullable ReplicationController controller) {
        Map<String, String> labels = controller == null ? null : controller.getSpec().getSelector();
        workload("ReplicationController", key, labels == null ? null : Selector.ofLabels(labels));
    }

    private void workload(String kind, Key key, @Nullable Selector selector) {
        Map<Key, Selector> those = workloads.computeIfAbsent(kind, any -> new HashMap<>());
        if (selector == null) {
            those.remove(key);
        } else {
            those.put(key, selector);
        }
    }

    /** Selects everything where the pod belongs to nothing. */
    public Selector of(PodInfo pod) {
        Selector all = Selector.EVERYTHING;
        for (Selector service : services.getOrDefault(pod.namespace(), Map.of()).values()) {
            if (service.matches(pod.labels())) {
                all = all.and(service);
            }
        }
        for (OwnerReference owner : pod.pod().getMetadata().getOwnerReferences()) {
            Map<Key, Selector> those = workloads.get(owner.getKind());
            if (those != null && Boolean.TRUE.equals(owner.getController())) {
                Selector own = those.get(new Key(pod.namespace(), owner.getName()));
                all = own == null ? all : all.and(own);
            }
        }
        return all;
    }
}
