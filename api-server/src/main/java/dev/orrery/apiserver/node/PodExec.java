package dev.orrery.apiserver.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.request.ApiRequest;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.apiserver.store.ClusterState;
import dev.orrery.apiserver.store.Store;
import dev.orrery.apiserver.store.Stored;
import java.util.concurrent.CompletionStage;

/** {@code pods/exec}: finds the running container that is meant. */
public final class PodExec {

    private final Store registry;

    public PodExec(Store registry) {
        this.registry = registry;
    }

    /**
     * A container's run.
     *
     * @param node the name of its node
     */
    public record Run(String node, String containerId) {}

    /** The run that is meant; fails with a StatusException where nothing runs. */
    public CompletionStage<Run> run(ApiRequest request) {
        request.check();
        return registry.newest().thenApply(state -> run(request, state));
    }

    private static Run run(ApiRequest request, ClusterState state) {
        Stored stored = state.get(request.key());
        if (stored == null) {
            throw Refusals.notFound(request.kind().resource(), request.name());
        }
        ObjectNode pod = Trees.read(stored.value());
        PodContainer container = PodContainer.of(pod, request.parameters().text("container"));
        String node = pod.path("spec").path("nodeName").asText("");
        if (node.isEmpty()) {
            throw Refusals.badRequest("pod " + request.name() + " does not have a host assigned");
        }
        return new Run(node, container.running());
    }
}
