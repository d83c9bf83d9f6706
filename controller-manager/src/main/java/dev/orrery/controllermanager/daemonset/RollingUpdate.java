package dev.orrery.controllermanager.daemonset;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step of an update, when every node has its pod: without surge, old pods that do not serve go,
 * and of the others as many as may be away beside those that are; with surge, new pods come beside
 * old ones, and old ones go when the new ones serve.
 *
 * <p>Example with 5 nodes and maxUnavailable 2, one new pod not ready yet: one more old pod may go.
 */
final class RollingUpdate {

    private final Daemons daemons;
    private final List<String> fill = new ArrayList<>();
    private final List<Pod> remove = new ArrayList<>();

    private RollingUpdate(Daemons daemons) {
        this.daemons = daemons;
    }

    static DaemonPlan of(Daemons daemons) {
        RollingUpdate update = new RollingUpdate(daemons);
        if (daemons.maxSurge() == 0) {
            update.replace();
        } else {
            update.surge();
        }
        return new DaemonPlan(update.fill, update.remove, List.of());
    }

    private void replace() {
        List<Pod> serving = new ArrayList<>();
        int unavailable = 0;
        for (OnNode node : nodes()) {
            if (!node.isClear() || (node.updated() == null) == (node.old() == null)) {
                unavailable++;
            } else if (node.updated() != null) {
                unavailable += daemons.isAvailable(node.updated()) ? 0 : 1;
            } else if (daemons.isAvailable(node.old())) {
                serving.add(node.old());
            } else {
                remove.add(node.old());
            }
        }
        int room = Math.max(0, daemons.maxUnavailable() - unavailable);
        remove.addAll(serving.subList(0, Math.min(room, serving.size())));
    }

    private void surge() {
        List<String> candidates = new ArrayList<>();
        int surging = 0;
        for (OnNode node : nodes()) {
            Pod old = node.old();
            if (!node.isClear()) {
                surging++;
            } else if (old != null) {
                surging += surge(node.name(), old, node.updated(), candidates);
            }
        }
        int room = Math.max(0, daemons.maxSurge() - surging);
        fill.addAll(candidates.subList(0, Math.min(room, candidates.size())));
    }

    /** Answers how many pods on the node are one too many for now. */
    private int surge(String node, Pod old, @Nullable Pod updated, List<String> candidates) {
        if (updated == null) {
            (daemons.isAvailable(old) ? candidates : fill).add(node);
            return 0;
        }
        if (daemons.isAvailable(updated)) {
            remove.add(old);
            return 0;
        }
        return 1;
    }

    private List<OnNode> nodes() {
        List<OnNode> nodes = new ArrayList<>();
        daemons.fits()
                .forEach((name, fit) -> {
                    if (fit == Placement.Fit.RUNS || !daemons.on(name).isEmpty()) {
                        nodes.add(OnNode.of(name, daemons));
                    }
                });
        return nodes;
    }
}
