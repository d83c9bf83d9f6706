package dev.orrery.kubelet.agent;

import dev.orrery.kubelet.usage.ContainerUse;
import dev.orrery.kubelet.usage.NodeUse;
import dev.orrery.kubelet.usage.PodUse;
import dev.orrery.kubelet.usage.Usages;
import dev.orrery.proto.Amounts;
import dev.orrery.proto.ContainerUsage;
import dev.orrery.proto.NodeUsage;
import dev.orrery.proto.PodUsage;
import dev.orrery.proto.UsageRequest;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.Instant;

/** Tells what nodes use: one message a node, whose pods are few. */
record UsageSender(Usages usages) {

    private static final long NANOS = 1_000_000_000;

    /** As often as a real cluster's metrics are read. */
    private static final Duration WINDOW = Duration.ofSeconds(15);

    void send(UsageRequest request, StreamObserver<NodeUsage> observer) {
        for (NodeUse node : usages.now()) {
            observer.onNext(message(node, request.getNamespace()));
        }
        observer.onCompleted();
    }

    private static NodeUsage message(NodeUse node, String namespace) {
        Instant time = node.time();
        NodeUsage.Builder message =
                NodeUsage.newBuilder()
                        .setNode(node.node())
                        .setEpochNanos(time.getEpochSecond() * NANOS + time.getNano())
                        .setWindowNanos(WINDOW.toNanos())
                        .setAmounts(amounts(node.cpuNanos(), node.memoryBytes()));
        for (PodUse pod : node.pods()) {
            if (namespace.isEmpty() || namespace.equals(pod.namespace())) {
                message.addPods(message(pod));
            }
        }
        return message.build();
    }

    private static PodUsage message(PodUse pod) {
        PodUsage.Builder message = PodUsage.newBuilder().setUid(pod.uid());
        for (ContainerUse container : pod.containers()) {
            message.addContainers(
                    ContainerUsage.newBuilder()
                            .setName(container.name())
                            .setAmounts(amounts(container.cpuNanos(), container.memoryBytes())));
        }
        return message.build();
    }

    private static Amounts amounts(long cpuNanos, long memoryBytes) {
        return Amounts.newBuilder().setCpuNanos(cpuNanos).setMemoryBytes(memoryBytes).build();
    }
}
