package dev.orrery.apiserver.node;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Dials from the api-server into the network of the pods. Nothing here waits. */
public interface Tunnels {

    /** Where there are no nodes. */
    Tunnels NONE =
            _ ->
                    CompletableFuture.failedFuture(
                            new NodeAgents.UnreachableException("connect: connection refused"));

    /**
     * Fails with an {@link NodeAgents.UnreachableException} that says {@code connect: connection
     * refused}, or what else a dialler says.
     */
    CompletionStage<Tunnel> open(Target target);

    /** What is dialled. */
    sealed interface Target {

        /** The name of the node that it is on; empty for any that can reach it. */
        String node();

        /** An address of a pod, a Service or a node. */
        record At(String node, String address, int port) implements Target {}

        /** The loopback of a pod's network. */
        record InPod(String node, String podUid, int port) implements Target {}

        /** What a kubelet itself serves. */
        record Kubelet(String node) implements Target {}
    }
}
