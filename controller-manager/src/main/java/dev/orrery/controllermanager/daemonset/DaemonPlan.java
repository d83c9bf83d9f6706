package dev.orrery.controllermanager.daemonset;

import dev.orrery.controllermanager.pod.Pods;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;

/**
 * What is to be done so that every node that should has one pod.
 *
 * @param fill nodes that are to get a pod
 * @param remove pods that are in the wrong place, or too many, or of an old template
 * @param ended pods that have failed or succeeded, which daemons do not do: they go, and others
 *     come, but failing ones ever more slowly
 */
record DaemonPlan(List<String> fill, List<Pod> remove, List<Pod> ended) {

    /** The most pods that one reconcile creates or deletes, so that no set holds up the others. */
    static final int BURST = 250;

    DaemonPlan {
        fill = List.copyOf(fill);
        remove = List.copyOf(remove);
        ended = List.copyOf(ended);
    }

    /** Nodes first; only when all have what they should are pods of old templates replaced. */
    static DaemonPlan of(Daemons daemons) {
        DaemonPlan placing = placing(daemons);
        return placing.isNothing() && daemons.isRolling() ? RollingUpdate.of(daemons) : placing;
    }

    boolean isNothing() {
        return fill.isEmpty() && remove.isEmpty() && ended.isEmpty();
    }

    private static DaemonPlan placing(Daemons daemons) {
        Draft draft = new Draft(daemons);
        daemons.fits().forEach(draft::place);
        daemons.pods()
                .forEach((node, pods) -> {
                    if (!daemons.fits().containsKey(node)) {
                        // Bound pods of a node that is gone are the pod garbage collector's.
                        pods.stream()
                                .filter(pod -> Pods.nodeName(pod).isEmpty())
                                .forEach(draft.remove::add);
                    }
                });
        return new DaemonPlan(draft.fill, Daemons.staying(draft.remove), draft.ended);
    }

    /** The plan while it is made, node by node. */
    private static final class Draft {

        private final Daemons daemons;
        private final List<String> fill = new ArrayList<>();
        private final List<Pod> remove = new ArrayList<>();
        private final List<Pod> ended = new ArrayList<>();

        Draft(Daemons daemons) {
            this.daemons = daemons;
        }

        void place(String node, Placement.Fit fit) {
            List<Pod> pods = daemons.on(node);
            if (fit == Placement.Fit.NOT) {
                remove.addAll(pods);
            } else if (!pods.isEmpty()) {
                prune(node, fit, Daemons.staying(pods));
            } else if (fit == Placement.Fit.RUNS) {
                fill.add(node);
            }
        }

        private void prune(String node, Placement.Fit fit, List<Pod> staying) {
            staying.stream().filter(Pods::isEnded).forEach(ended::add);
            List<Pod> alive = staying.stream().filter(pod -> !Pods.isEnded(pod)).toList();
            if (!daemons.allowsSurge()) {
                remove.addAll(alive.subList(Math.min(1, alive.size()), alive.size()));
            } else if (alive.size() > 1) {
                pruneSurge(alive);
            } else if (alive.isEmpty() && ended.isEmpty() && fit == Placement.Fit.RUNS) {
                fill.add(node);
            }
        }

        /** Of new and old one each may stay, until the new one serves or the old one fails to. */
        private void pruneSurge(List<Pod> alive) {
            List<Pod> updated = alive.stream().filter(daemons::isUpdated).toList();
            List<Pod> old = alive.stream().filter(pod -> !daemons.isUpdated(pod)).toList();
            remove.addAll(updated.subList(Math.min(1, updated.size()), updated.size()));
            remove.addAll(old.subList(Math.min(1, old.size()), old.size()));
            if (!updated.isEmpty()
                    && !old.isEmpty()
                    && (!Pods.isReady(old.getFirst()) || daemons.isAvailable(updated.getFirst()))) {
                remove.add(old.getFirst());
            }
        }
    }
}
