package dev.orrery.scheduler.cluster;

import dev.orrery.machinery.selector.NodeAffinityRules;
import dev.orrery.machinery.selector.Tolerations;
import dev.orrery.scheduler.resource.PodRequests;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pod with all that scheduling asks of it again and again, computed once per version of the pod.
 * Immutable.
 */
public record PodInfo(
        Pod pod,
        String namespace,
        String name,
        String uid,
        int priority,
        Map<String, String> labels,
        PodRequests requests,
        List<HostPort> ports,
        NodeAffinityRules nodeAffinity,
        Tolerations tolerations,
        Affinities affinities) {

    public static PodInfo of(Pod pod) {
        var metadata = pod.getMetadata();
        Map<String, String> labels = metadata.getLabels() == null ? Map.of() : metadata.getLabels();
        Integer priority = pod.getSpec().getPriority();
        return new PodInfo(
                pod,
                metadata.getNamespace(),
                metadata.getName(),
                metadata.getUid(),
                priority == null ? 0 : priority,
                labels,
                PodRequests.of(pod),
                HostPort.of(pod),
                NodeAffinityRules.of(pod.getSpec()),
                new Tolerations(pod.getSpec().getTolerations()),
                Affinities.of(pod, labels));
    }

    /** A newer version of the same pod, in which nothing is new that is computed here. */
    public PodInfo refreshed(Pod newer) {
        return new PodInfo(
                newer,
                namespace,
                name,
                uid,
                priority,
                labels,
                requests,
                ports,
                nodeAffinity,
                tolerations,
                affinities);
    }

    /** The node that the pod is bound to; empty if it is not. */
    public String nodeName() {
        String node = pod.getSpec().getNodeName();
        return node == null ? "" : node;
    }

    /** As messages name it: {@code default/web-1}. */
    public String fullName() {
        return namespace + "/" + name;
    }

    public boolean isTerminating() {
        return pod.getMetadata().getDeletionTimestamp() != null;
    }

    /** Empty where preemption has made no room for the pod anywhere. */
    public String nominatedNode() {
        String node = pod.getStatus() == null ? null : pod.getStatus().getNominatedNodeName();
        return node == null ? "" : node;
    }

    /** When its kubelet took it on; the end of time where none has. */
    public Instant startTime() {
        String text = pod.getStatus() == null ? null : pod.getStatus().getStartTime();
        return text == null ? Instant.MAX : Instant.parse(text);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return uid.hashCode();
    }
}
