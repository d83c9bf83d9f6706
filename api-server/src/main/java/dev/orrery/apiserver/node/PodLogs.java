package dev.orrery.apiserver.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.answer.Outflow;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.request.ApiRequest;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.apiserver.status.StatusException;
import dev.orrery.apiserver.status.StatusException.Details;
import dev.orrery.apiserver.store.ClusterState;
import dev.orrery.apiserver.store.Store;
import dev.orrery.apiserver.store.Stored;
import dev.orrery.machinery.time.Clock;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** {@code pods/log}: finds the run that is meant, and has its node send what it wrote. */
public final class PodLogs {

    private final Store registry;
    private final NodeAgents nodes;
    private final Clock clock;

    public PodLogs(Store registry, NodeAgents nodes, Clock clock) {
        this.registry = registry;
        this.nodes = nodes;
        this.clock = clock;
    }

    /** Refuses by throwing a StatusException or by failing with one. */
    public CompletionStage<Outflow> open(ApiRequest request) {
        request.check();
        LogQuery.check(request.parameters(), request.name());
        return registry.newest().thenCompose(state -> open(request, state));
    }

    private CompletionStage<Outflow> open(ApiRequest request, ClusterState state) {
        Stored stored = state.get(request.key());
        if (stored == null) {
            throw Refusals.notFound(request.kind().resource(), request.name());
        }
        ObjectNode pod = Trees.read(stored.value());
        PodContainer container = PodContainer.of(pod, request.parameters().text("container"));
        String node = pod.path("spec").path("nodeName").asText("");
        if (node.isEmpty()) {
            return CompletableFuture.completedFuture(new Text(""));
        }
        String run = container.run(request.parameters().flag("previous"));
        String uid = pod.path("metadata").path("uid").asText();
        LogQuery query = LogQuery.of(uid, run, request.parameters(), clock.instant());
        return nodes.logs(node, query)
                .exceptionally(failure -> {
                    throw unreachable(failure, pod, container.name());
                });
    }

    private static RuntimeException unreachable(Throwable failure, ObjectNode pod, String name) {
        Throwable cause =
                failure instanceof CompletionException wrapped && wrapped.getCause() != null
                        ? wrapped.getCause()
                        : failure;
        if (!(cause instanceof NodeAgents.UnreachableException)) {
            return new CompletionException(cause);
        }
        String host = pod.path("status").path("hostIP").asText() + ":10250";
        String path =
                "/containerLogs/"
                        + pod.path("metadata").path("namespace").asText()
                        + "/"
                        + pod.path("metadata").path("name").asText()
                        + "/"
                        + name;
        String message =
                "Get \"https://" + host + path + "\": dial tcp " + host + ": " + cause.getMessage();
        return new StatusException(500, "InternalError", message, Details.NONE);
    }

    /** All there is to say, at once. */
    static final class Text implements Outflow {

        private final String text;
        private boolean taken;

        Text(String text) {
            this.text = text;
        }

        @Override
        public void onReady(Runnable task) {
            task.run();
        }

        @Override
        public byte @Nullable [] poll() {
            if (taken || text.isEmpty()) {
                return null;
            }
            taken = true;
            return text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public void close() {}
    }
}
