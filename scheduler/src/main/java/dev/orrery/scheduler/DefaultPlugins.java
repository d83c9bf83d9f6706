package dev.orrery.scheduler;

import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.informer.ChangeHandler.Change;
import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.informer.Informers;
import dev.orrery.machinery.reconcile.Key;
import dev.orrery.scheduler.cluster.Cluster;
import dev.orrery.scheduler.cluster.PodInfo;
import dev.orrery.scheduler.framework.Framework;
import dev.orrery.scheduler.framework.Plugin;
import dev.orrery.scheduler.plugin.DefaultBinder;
import dev.orrery.scheduler.plugin.DynamicResources;
import dev.orrery.scheduler.plugin.ImageLocality;
import dev.orrery.scheduler.plugin.InterPodAffinity;
import dev.orrery.scheduler.plugin.NodeAffinity;
import dev.orrery.scheduler.plugin.NodeName;
import dev.orrery.scheduler.plugin.NodePorts;
import dev.orrery.scheduler.plugin.NodeResourcesBalancedAllocation;
import dev.orrery.scheduler.plugin.NodeResourcesFit;
import dev.orrery.scheduler.plugin.NodeUnschedulable;
import dev.orrery.scheduler.plugin.NodeVolumeLimits;
import dev.orrery.scheduler.plugin.PodTopologySpread;
import dev.orrery.scheduler.plugin.PrioritySort;
import dev.orrery.scheduler.plugin.SchedulingGates;
import dev.orrery.scheduler.plugin.TaintToleration;
import dev.orrery.scheduler.plugin.VolumeBinding;
import dev.orrery.scheduler.plugin.VolumeRestrictions;
import dev.orrery.scheduler.plugin.VolumeZone;
import dev.orrery.scheduler.plugin.WorkloadSelectors;
import dev.orrery.scheduler.preemption.DefaultPreemption;
import dev.orrery.scheduler.volume.Claims;
import dev.orrery.scheduler.volume.VolumeBinder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.ReplicationController;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.storage.CSINode;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The plugins of Kubernetes' default profile, in its order, and what they need. */
final class DefaultPlugins {

    private final Informers informers;
    private final Informer<Namespace> namespaces;
    private final WorkloadSelectors workloads = new WorkloadSelectors();
    private final Cluster cluster;
    private final Framework framework;

    /**
     * @param tryAgain for a pod for which no room could be made after all
     */
    DefaultPlugins(
            Surroundings surroundings,
            SchedulerConfig config,
            SerialLoop loop,
            PodWrites writes,
            Consumer<PodInfo> tryAgain) {
        informers = surroundings.informers();
        Informer<Namespace> known = informers.of(Namespace.class);
        namespaces = known;
        cluster = new Cluster(name -> labels(known.get("", name)));
        PodEvictor evictor =
                new PodEvictor(
                        surroundings.store(),
                        informers,
                        new PodStatusWriter(surroundings.store(), surroundings.clock()),
                        surroundings.events().from(config.schedulerName(), ""),
                        loop,
                        writes,
                        tryAgain);
        framework = new Framework(cluster, plugins(surroundings, evictor));
    }

    private List<Plugin> plugins(Surroundings surroundings, PodEvictor evictor) {
        Claims claims = new Claims(informers);
        return List.of(
                new SchedulingGates(),
                new PrioritySort(),
                new NodeUnschedulable(),
                new NodeName(),
                new TaintToleration(),
                new NodeAffinity(),
                new NodePorts(),
                new NodeResourcesFit(cluster),
                new VolumeRestrictions(cluster, claims),
                new NodeVolumeLimits(claims, informers.of(CSINode.class)),
                new VolumeBinding(claims, new VolumeBinder(claims, surroundings.store())),
                new VolumeZone(claims),
                new PodTopologySpread(cluster, workloads),
                new InterPodAffinity(cluster, name -> labels(namespaces.get("", name))),
                new DynamicResources(),
                new DefaultPreemption(
                        cluster,
                        informers.of(PodDisruptionBudget.class),
                        surroundings.random(),
                        evictor),
                new NodeResourcesBalancedAllocation(),
                new ImageLocality(cluster),
                new DefaultBinder(surroundings.store()));
    }

    Cluster cluster() {
        return cluster;
    }

    Framework framework() {
        return framework;
    }

    /** Kinds whose changes the plugins care for. */
    void follow(ClusterFeed feed) {
        feed.wakeOn(informers.of(PersistentVolumeClaim.class));
        feed.wakeOn(informers.of(PersistentVolume.class));
        feed.wakeOn(informers.of(StorageClass.class));
        feed.wakeOn(informers.of(CSINode.class));
        feed.follow(namespaces, this::namespaceChanged);
        feed.wakeOn(namespaces);
        feed.follow(informers.of(Service.class), read(Service.class, workloads::service));
        feed.follow(informers.of(ReplicaSet.class), read(ReplicaSet.class, workloads::replicaSet));
        feed.follow(
                informers.of(StatefulSet.class), read(StatefulSet.class, workloads::statefulSet));
        feed.follow(
                informers.of(ReplicationController.class),
                read(ReplicationController.class, workloads::replicationController));
    }

    private void namespaceChanged(Key key, Change change) {
        cluster.namespacesRelabelled();
    }

    /** Receives an object as it is now, or null if it is gone. */
    private interface Reader<T> {
        void read(Key key, @Nullable T now);
    }

    private <T extends HasMetadata> BiConsumer<Key, Change> read(Class<T> kind, Reader<T> reader) {
        Informer<T> informer = informers.of(kind);
        return (key, change) -> reader.read(key, informer.get(key.namespace(), key.name()));
    }

    private static Map<String, String> labels(@Nullable Namespace namespace) {
        Map<String, String> labels = namespace == null ? null : namespace.getMetadata().getLabels();
        return labels == null ? Map.of() : labels;
    }
}
