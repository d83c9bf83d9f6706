package dev.orrery.apiserver.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.request.ApiRequest;
import dev.orrery.apiserver.request.Parameters;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.apiserver.store.ClusterState;
import dev.orrery.apiserver.store.Store;
import dev.orrery.apiserver.store.Stored;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Finds what {@code exec}, {@code attach}, {@code portforward} and {@code proxy} are to be joined
 * to.
 */
public final class Connects {

    private static final List<String> STREAMS = List.of("stdin", "stdout", "stderr");

    private final Store registry;
    private final AtomicInteger turns = new AtomicInteger();

    public Connects(Store registry) {
        this.registry = registry;
    }

    /** Refuses by throwing a StatusException or by failing with one. */
    public CompletionStage<Connect> open(ApiRequest request) {
        if (request.subresource().equals("proxy")) {
            request.part();
            int turn = turns.getAndIncrement();
            return registry.newest().thenApply(state -> ServerAddress.of(request, state, turn));
        }
        request.check();
        return registry.newest().thenApply(state -> inPod(request, state));
    }

    private static Connect inPod(ApiRequest request, ClusterState state) {
        Stored stored = state.get(request.key());
        if (stored == null) {
            throw Refusals.notFound(request.kind().resource(), request.name());
        }
        ObjectNode pod = Trees.read(stored.value());
        return switch (request.subresource()) {
            case "exec" -> container(request, pod, false);
            case "attach" -> container(request, pod, true);
            case "portforward" ->
                    new Connect.Ports(
                            host(request, pod), pod.path("metadata").path("uid").asText());
            default -> throw Refusals.noSuchPath();
        };
    }

    private static Connect container(ApiRequest request, ObjectNode pod, boolean attach) {
        Parameters options = request.parameters();
        PodContainer container = PodContainer.of(pod, options.text("container"));
        String node = host(request, pod);
        if (STREAMS.stream().noneMatch(options::flag)) {
            throw Refusals.badRequest("you must specify at least 1 of stdin, stdout, stderr");
        }
        return new Connect.Container(node, container.running(), attach);
    }

    private static String host(ApiRequest request, ObjectNode pod) {
        String node = pod.path("spec").path("nodeName").asText("");
        if (node.isEmpty()) {
            throw Refusals.badRequest("pod " + request.name() + " does not have a host assigned");
        }
        return node;
    }
}
