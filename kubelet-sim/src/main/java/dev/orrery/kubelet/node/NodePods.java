package dev.orrery.kubelet.node;

import dev.orrery.kubelet.admission.Admission;
import dev.orrery.kubelet.admission.Fit;
import dev.orrery.kubelet.admission.Verdict;
import dev.orrery.kubelet.life.Phase;
import dev.orrery.kubelet.pod.PodAgent;
import dev.orrery.kubelet.pod.PodHost;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The pods of one node. In the node's mailbox. */
final class NodePods {

    private final PodHost host;
    private final Supplier<Node> node;
    private final Map<String, PodAgent> agents = new LinkedHashMap<>();
    private final Evictions evictions;

    /**
     * @param node the node's object as it is known now
     */
    NodePods(PodHost host, Supplier<Node> node, Pressure pressure) {
        this.host = host;
        this.node = node;
        this.evictions = new Evictions(host, node, agents::values, pressure);
    }

    void changed(@Nullable Pod before, @Nullable Pod after) {
        if (before != null && (after == null || !uid(before).equals(uid(after)))) {
            removed(uid(before));
        }
        if (after != null) {
            changed(after);
        }
    }

    void abandon() {
        evictions.stop();
        agents.values().forEach(PodAgent::abandon);
        agents.clear();
    }

    private void changed(Pod pod) {
        PodAgent agent = agents.get(uid(pod));
        if (agent != null && agent.isPreceded(pod)) {
            agents.remove(uid(pod));
            agent.podRemoved();
            agent = null;
        }
        if (agent != null) {
            agent.podChanged(pod);
        } else {
            agent =
                    wasHere(pod)
                            ? PodAgent.adopt(host, pod, this::resize)
                            : PodAgent.admit(host, pod, admission(pod), this::resize);
            agents.put(uid(pod), agent);
        }
        evictions.podChanged(agent);
        resizeAgain();
    }

    /** What a pod gives up by its end or by a change, another may have waited for. */
    private void resizeAgain() {
        if (agents.values().stream().anyMatch(PodAgent::awaitsResources)) {
            List.copyOf(agents.values()).stream()
                    .filter(PodAgent::awaitsResources)
                    .forEach(PodAgent::resizeAgain);
        }
    }

    private void removed(String uid) {
        PodAgent agent = agents.remove(uid);
        if (agent != null) {
            agent.podRemoved();
            resizeAgain();
        }
    }

    private Verdict admission(Pod pod) {
        return Admission.decide(pod, node.get(), others(pod));
    }

    private Fit resize(Pod pod) {
        return Admission.decideResize(pod, node.get(), others(pod));
    }

    private List<Pod> others(Pod pod) {
        return agents.values().stream()
                .filter(PodAgent::holdsResources)
                .map(PodAgent::pod)
                .filter(each -> !uid(each).equals(uid(pod)))
                .toList();
    }

    /** Only a kubelet that has taken a pod says when it began. */
    private static boolean wasHere(Pod pod) {
        return pod.getStatus() != null
                && (pod.getStatus().getStartTime() != null
                        || Phase.isTerminal(pod.getStatus().getPhase()));
    }

    private static String uid(Pod pod) {
        return pod.getMetadata().getUid();
    }
}
