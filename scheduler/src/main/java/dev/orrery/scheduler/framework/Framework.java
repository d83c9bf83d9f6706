package dev.orrery.scheduler.framework;

import dev.orrery.scheduler.cluster.Cluster;
import dev.orrery.scheduler.cluster.NodeInfo;
import dev.orrery.scheduler.cluster.PodInfo;
import dev.orrery.scheduler.framework.Status.Rejected;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Runs the plugins at their extension points, in their order. Used on the scheduling thread, except
 * {@link Cycle#bind}, which blocks.
 */
public final class Framework {

    private final Cluster cluster;
    private final Map<String, Plugin> byName = new HashMap<>();
    private final QueueSort queueSort;
    private final List<PreEnqueue> preEnqueues;
    private final List<PreFilter> preFilters;
    private final List<Filter> filters;
    private final List<PostFilter> postFilters;
    private final List<Score> scores;
    private final List<Reserve> reserves;
    private final List<PreBind> preBinds;
    private final Bind bind;

    public Framework(Cluster cluster, List<Plugin> plugins) {
        this.cluster = cluster;
        plugins.forEach(plugin -> byName.put(plugin.name(), plugin));
        queueSort = those(plugins, QueueSort.class).getFirst();
        preEnqueues = those(plugins, PreEnqueue.class);
        preFilters = those(plugins, PreFilter.class);
        filters = those(plugins, Filter.class);
        postFilters = those(plugins, PostFilter.class);
        scores = those(plugins, Score.class);
        reserves = those(plugins, Reserve.class);
        preBinds = those(plugins, PreBind.class);
        bind = those(plugins, Bind.class).getFirst();
    }

    private static <P> List<P> those(Collection<Plugin> plugins, Class<P> point) {
        return plugins.stream().filter(point::isInstance).map(point::cast).toList();
    }

    public QueueSort queueSort() {
        return queueSort;
    }

    /** The plugin that keeps the pod from being tried; null if none does. */
    public @Nullable Rejected preEnqueue(PodInfo pod) {
        for (PreEnqueue plugin : preEnqueues) {
            if (plugin.preEnqueue(pod) instanceof Rejected rejected) {
                return rejected;
            }
        }
        return null;
    }

    /** Whether one of the plugins that turned the pod away thinks that the event may help. */
    public boolean mayHelp(QueuedPod queued, ClusterEvent event) {
        if (queued.rejectedBy().isEmpty()) {
            return true;
        }
        for (String name : queued.rejectedBy()) {
            Plugin plugin = byName.get(name);
            if (plugin == null || plugin.mayHelp(queued.pod(), event)) {
                return true;
            }
        }
        return false;
    }

    /** Looks at the pod before any node is tried; fills the diagnosis where it is turned away. */
    public Cycle preFilter(PodInfo pod, Diagnosis diagnosis) {
        CycleState state = new CycleState();
        List<Filter> active = new ArrayList<>(filters);
        for (PreFilter plugin : preFilters) {
            switch (plugin.preFilter(state, pod)) {
                case Status.Success() -> {}
                case Status.Skip() -> active.remove(plugin);
                case Rejected rejected -> {
                    diagnosis.rejectPod(rejected);
                    return new Cycle(pod, state, active, List.of());
                }
            }
        }
        return new Cycle(pod, state, active, candidates(state, diagnosis));
    }

    private List<NodeInfo> candidates(CycleState state, Diagnosis diagnosis) {
        SortedSet<String> only = state.onlyNodes();
        if (only == null) {
            return cluster.nodes();
        }
        String plugins = String.join(" ", state.restrictingPlugins());
        String why = "node(s) didn't satisfy plugin(s) [" + plugins + "]";
        diagnosis.rejectOthers(new Rejected("", List.of(why), false));
        state.restrictingPlugins().forEach(diagnosis::rejectedBy);
        List<NodeInfo> nodes = new ArrayList<>();
        for (String name : only) {
            NodeInfo node = cluster.node(name);
            if (node != null) {
                nodes.add(node);
            }
        }
        return nodes;
    }

    /** One pod on its way through the extension points. */
    public final class Cycle {

        private final PodInfo pod;
        private final CycleState state;
        private final List<Filter> active;
        private final List<NodeInfo> candidates;

        private Cycle(
                PodInfo pod, CycleState state, List<Filter> active, List<NodeInfo> candidates) {
            this.pod = pod;
            this.state = state;
            this.active = active;
            this.candidates = candidates;
        }

        public PodInfo pod() {
            return pod;
        }

        public CycleState state() {
            return state;
        }

        /** The nodes that are worth a try. */
        public List<NodeInfo> candidates() {
            return candidates;
        }

        /** A cycle of its own for a trial on a copy of a node. */
        public Cycle copy() {
            return new Cycle(pod, state.copy(), active, candidates);
        }

        /** In a trial: the pod comes to the node, which is a copy. */
        public void addPod(PodInfo added, NodeInfo node) {
            node.add(added);
            preFilters.forEach(plugin -> plugin.podAdded(state, pod, added, node));
        }

        /** In a trial: the pod leaves the node, which is a copy. */
        public void removePod(PodInfo removed, NodeInfo node) {
            node.remove(removed);
            preFilters.forEach(plugin -> plugin.podRemoved(state, pod, removed, node));
        }

        /**
         * Whether the pod fits, also beside the pods of its own or higher priority for which room
         * was made on the node but which are not there yet; and without them, since they may never
         * come. Null if it fits.
         */
        public @Nullable Rejected filter(NodeInfo node) {
            Rejected beside = besideNominated(node);
            return beside != null ? beside : filterPlainly(node);
        }

        private @Nullable Rejected besideNominated(NodeInfo node) {
            Cycle trial = null;
            NodeInfo there = node;
            for (PodInfo other : cluster.nominatedTo(node.name())) {
                if (other.priority() >= pod.priority() && !other.uid().equals(pod.uid())) {
                    if (trial == null) {
                        trial = copy();
                        there = node.copy();
                    }
                    trial.addPod(other, there);
                }
            }
            return trial == null ? null : trial.filterPlainly(there);
        }

        private @Nullable Rejected filterPlainly(NodeInfo node) {
            for (int i = 0; i < active.size(); i++) {
                if (active.get(i).filter(state, pod, node) instanceof Rejected rejected) {
                    return rejected;
                }
            }
            return null;
        }

        /** The sum of all plugins' weighted scores, in the order of the nodes. */
        public long[] score(List<NodeInfo> nodes) {
            long[] sums = new long[nodes.size()];
            long[] own = new long[nodes.size()];
            for (Score plugin : scores) {
                if (plugin.preScore(state, pod, nodes) instanceof Status.Skip) {
                    continue;
                }
                for (int i = 0; i < own.length; i++) {
                    own[i] = plugin.score(state, pod, nodes.get(i));
                }
                plugin.normalize(state, nodes, own);
                for (int i = 0; i < own.length; i++) {
                    sums[i] += own[i] * plugin.weight();
                }
            }
            return sums;
        }

        /** Tries to make room, and adds to the diagnosis what came of it. */
        public PostFilter.Outcome postFilter(Diagnosis diagnosis) {
            List<String> messages = new ArrayList<>();
            PostFilter.Outcome last = new PostFilter.Outcome.Helpless("", null);
            for (PostFilter plugin : postFilters) {
                last = plugin.postFilter(this, diagnosis);
                switch (last) {
                    case PostFilter.Outcome.Nominated nominated -> {
                        return nominated;
                    }
                    case PostFilter.Outcome.Failed(String message) -> {
                        diagnosis.postFilterMessage(message);
                        return last;
                    }
                    case PostFilter.Outcome.Helpless(String message, String _) ->
                            messages.add(message);
                }
            }
            messages.removeIf(String::isEmpty);
            diagnosis.postFilterMessage(String.join(", ", messages));
            return last;
        }

        /** What it returns is null if all is kept; else everything was given back. */
        public @Nullable Rejected reserve(String node) {
            for (Reserve plugin : reserves) {
                if (plugin.reserve(state, pod, node) instanceof Rejected rejected) {
                    unreserve(node);
                    return rejected;
                }
            }
            return null;
        }

        public void unreserve(String node) {
            reserves.reversed().forEach(plugin -> plugin.unreserve(state, pod, node));
        }

        /** Whether something must be there before the pod can be bound. */
        public boolean hasPreBindWork(String node) {
            return preBinds.stream().anyMatch(plugin -> plugin.hasWork(state, pod, node));
        }

        /** Writes what must be there before the pod can be bound. Blocks. */
        public void preBind(String node) {
            for (PreBind plugin : preBinds) {
                if (plugin.hasWork(state, pod, node)) {
                    run("PreBind", plugin, () -> plugin.preBind(state, pod, node));
                }
            }
        }

        /** Whether it is there; the first plugin that is not done says how far it is. */
        public PreBind.Progress preBindProgress(String node) {
            for (PreBind plugin : preBinds) {
                PreBind.Progress progress = plugin.progress(state, pod, node);
                switch (progress) {
                    case PreBind.Progress.Done() -> {}
                    case PreBind.Progress.Waiting waiting -> {
                        return waiting;
                    }
                    case PreBind.Progress.Failed(String reason) -> {
                        return new PreBind.Progress.Failed(
                                PluginFailedException.message("PreBind", plugin, reason));
                    }
                }
            }
            return new PreBind.Progress.Done();
        }

        /** Binds the pod. Blocks. */
        public void bind(String node) {
            run("Bind", bind, () -> bind.bind(pod, node));
        }

        private static void run(String point, Plugin plugin, Runnable task) {
            try {
                task.run();
            } catch (RuntimeException e) {
                throw new PluginFailedException(point, plugin, e);
            }
        }
    }
}
