package dev.orrery.apiserver.node;

import dev.orrery.apiserver.answer.Outflow;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The nodes, as the api-server reaches them. Nothing here waits. */
public interface NodeAgents {

    /** Where there are no nodes to ask. */
    NodeAgents NONE =
            (_, _) ->
                    CompletableFuture.failedFuture(
                            new UnreachableException("connect: connection refused"));

    /**
     * Fails with an {@link UnreachableException} where the node does not answer.
     *
     * @param node its name
     */
    CompletionStage<Outflow> logs(String node, LogQuery query);

    /** A node does not answer. */
    final class UnreachableException extends RuntimeException {

        /**
         * @param why as a dialler says it
         */
        public UnreachableException(String why) {
            super(why);
        }
    }
}
