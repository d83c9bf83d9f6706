package dev.orrery.kubelet.usage;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What the nodes of this process use now. Used from any thread. */
public final class Usages {

    private final Collection<String> nodes;
    private final Function<String, Collection<Pod>> podsOfNode;
    private final InstantSource clock;

    public Usages(
            Collection<String> nodes,
            Function<String, Collection<Pod>> podsOfNode,
            InstantSource clock) {
        this.nodes = List.copyOf(nodes);
        this.podsOfNode = podsOfNode;
        this.clock = clock;
    }

    /** Whether somebody has said of a pod how much memory it uses: it may be any amount. */
    public static boolean isTold(Pod pod) {
        return pod.getMetadata().getAnnotations() != null
                && pod.getMetadata().getAnnotations().containsKey(UsageModel.MEMORY);
    }

    public List<NodeUse> now() {
        Instant now = clock.instant();
        return nodes.stream().map(node -> of(node, now)).toList();
    }

    private NodeUse of(String node, Instant now) {
        List<PodUse> pods = new ArrayList<>();
        for (Pod pod : podsOfNode.apply(node)) {
            PodUse use = of(pod, now);
            if (!use.containers().isEmpty()) {
                pods.add(use);
            }
        }
        return new NodeUse(node, now, pods);
    }

    /** What the running containers of a pod use at a time. */
    public static PodUse of(Pod pod, Instant now) {
        Set<String> running = running(pod);
        List<ContainerUse> uses = new ArrayList<>();
        for (Container container : pod.getSpec().getInitContainers()) {
            if (running.contains(container.getName())) {
                uses.add(UsageModel.of(pod, container, running.size(), now));
            }
        }
        for (Container container : pod.getSpec().getContainers()) {
            if (running.contains(container.getName())) {
                uses.add(UsageModel.of(pod, container, running.size(), now));
            }
        }
        return new PodUse(pod.getMetadata().getUid(), pod.getMetadata().getNamespace(), uses);
    }

    private static Set<String> running(Pod pod) {
        Set<String> running = new HashSet<>();
        if (pod.getStatus() != null) {
            addRunning(pod.getStatus().getInitContainerStatuses(), running);
            addRunning(pod.getStatus().getContainerStatuses(), running);
        }
        return running;
    }

    private static void addRunning(List<ContainerStatus> statuses, Set<String> running) {
        for (ContainerStatus status : statuses) {
            if (status.getState() != null && status.getState().getRunning() != null) {
                running.add(status.getName());
            }
        }
    }
}
