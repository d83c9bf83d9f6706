package dev.orrery.apiserver.node;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Where it is known what nodes and pods use. Nothing here waits. */
@FunctionalInterface
public interface NodeUsages {

    /** Where there are no nodes to ask. */
    NodeUsages NONE = _ -> CompletableFuture.completedFuture(List.of());

    /**
     * @param namespace of the pods that are told of; empty for all
     * @return without the nodes that do not answer
     */
    CompletionStage<List<NodeUsage>> of(String namespace);
}
