package dev.orrery.apiserver.edge;

import dev.orrery.apiserver.node.NodeUsage;
import dev.orrery.apiserver.node.NodeUsage.Amounts;
import dev.orrery.apiserver.node.NodeUsage.PodUsage;
import dev.orrery.proto.ContainerUsage;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Gathers what nodes say they use. Where they fall silent, what they said before is all. */
final class UsageAnswer implements StreamObserver<dev.orrery.proto.NodeUsage> {

    private static final long NANOS = 1_000_000_000;

    private final List<NodeUsage> usages = new ArrayList<>();
    private final CompletableFuture<List<NodeUsage>> whole = new CompletableFuture<>();

    CompletionStage<List<NodeUsage>> whole() {
        return whole;
    }

    @Override
    public void onNext(dev.orrery.proto.NodeUsage node) {
        usages.add(
                new NodeUsage(
                        node.getNode(),
                        Instant.ofEpochSecond(
                                node.getEpochNanos() / NANOS, node.getEpochNanos() % NANOS),
                        Duration.ofNanos(node.getWindowNanos()),
                        amounts(node.getAmounts()),
                        node.getPodsList().stream().map(UsageAnswer::pod).toList()));
    }

    @Override
    public void onError(Throwable reason) {
        whole.complete(List.copyOf(usages));
    }

    @Override
    public void onCompleted() {
        whole.complete(List.copyOf(usages));
    }

    private static PodUsage pod(dev.orrery.proto.PodUsage pod) {
        Map<String, Amounts> containers = new HashMap<>();
        for (ContainerUsage container : pod.getContainersList()) {
            containers.put(container.getName(), amounts(container.getAmounts()));
        }
        return new PodUsage(pod.getUid(), containers);
    }

    private static Amounts amounts(dev.orrery.proto.Amounts amounts) {
        return new Amounts(amounts.getCpuNanos(), amounts.getMemoryBytes());
    }
}
