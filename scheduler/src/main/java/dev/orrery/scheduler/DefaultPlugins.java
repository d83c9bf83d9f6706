package dev.orrery.scheduler;

import dev.orrery.machinery.Surroundings;
import dev.orrery.scheduler.cluster.Cluster;
import dev.orrery.scheduler.framework.Framework;
import dev.orrery.scheduler.framework.Plugin;
import dev.orrery.scheduler.plugin.DefaultBinder;
import dev.orrery.scheduler.plugin.NodeAffinity;
import dev.orrery.scheduler.plugin.NodeName;
import dev.orrery.scheduler.plugin.NodePorts;
import dev.orrery.scheduler.plugin.NodeResourcesBalancedAllocation;
import dev.orrery.scheduler.plugin.NodeResourcesFit;
import dev.orrery.scheduler.plugin.NodeUnschedulable;
import dev.orrery.scheduler.plugin.PrioritySort;
import dev.orrery.scheduler.plugin.SchedulingGates;
import dev.orrery.scheduler.plugin.TaintToleration;
import java.util.List;
import java.util.Map;

/** The plugins of Kubernetes' default profile, in its order, and what they need. */
final class DefaultPlugins {

    private final Cluster cluster;
    private final Framework framework;

    DefaultPlugins(Surroundings surroundings, PodWrites writes) {
        cluster = new Cluster(namespace -> Map.of());
        List<Plugin> plugins =
                List.of(
                        new SchedulingGates(),
                        new PrioritySort(),
                        new NodeUnschedulable(),
                        new NodeName(),
                        new TaintToleration(),
                        new NodeAffinity(),
                        new NodePorts(),
                        new NodeResourcesFit(),
                        new NodeResourcesBalancedAllocation(),
                        new DefaultBinder(surroundings.store()));
        framework = new Framework(cluster, plugins);
    }

    Cluster cluster() {
        return cluster;
    }

    Framework framework() {
        return framework;
    }

    /** Kinds whose changes the plugins care for. */
    void follow(ClusterFeed feed) {}
}
