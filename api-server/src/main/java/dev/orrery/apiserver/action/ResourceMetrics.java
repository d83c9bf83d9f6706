package dev.orrery.apiserver.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.answer.Answers;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.metadata.Times;
import dev.orrery.apiserver.node.NodeUsage;
import dev.orrery.apiserver.node.NodeUsage.Amounts;
import dev.orrery.apiserver.node.NodeUsage.PodUsage;
import dev.orrery.apiserver.node.NodeUsages;
import dev.orrery.apiserver.pipeline.World;
import dev.orrery.apiserver.request.ApiRequest;
import dev.orrery.apiserver.request.ApiResponse;
import dev.orrery.apiserver.request.Form;
import dev.orrery.apiserver.request.Page;
import dev.orrery.apiserver.selector.Selection;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.apiserver.store.ClusterState;
import dev.orrery.apiserver.store.Stored;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.ObjectKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * {@code metrics.k8s.io}: what nodes and pods use, asked of the nodes at each request. Of a pod
 * that does not run, or of which its node has said nothing, there are no metrics.
 */
final class ResourceMetrics implements Action {

    private static final GroupResource PODS = new GroupResource("", "pods");
    private static final GroupResource NODES = new GroupResource("", "nodes");

    private final World world;
    private final NodeUsages usages;

    ResourceMetrics(World world, NodeUsages usages) {
        this.world = world;
        this.usages = usages;
    }

    @Override
    public CompletionStage<ApiResponse> run(ApiRequest request) {
        Selection all = Selection.of(request.parameters(), request.kind());
        Selection selection = request.name().isEmpty() ? all : all.named(request.name());
        return world.stores()
                .registry()
                .newest()
                .thenCombine(
                        usages.of(request.namespace()),
                        (state, usage) ->
                                answer(request, metrics(request, selection, state, usage), state));
    }

    private ApiResponse answer(ApiRequest request, List<ObjectNode> metrics, ClusterState state) {
        boolean one = !request.name().isEmpty();
        if (one && metrics.isEmpty()) {
            String namespace = request.namespace().isEmpty() ? "" : request.namespace() + "/";
            throw Refusals.notFound(request.kind().resource(), namespace + request.name());
        }
        if (request.form().shape() == Form.Shape.OBJECT) {
            return Answers.made(
                    request, 200, one ? metrics.getFirst() : list(request.kind(), metrics));
        }
        // Tables and the like are made of stored objects; what these would be stored as is the
        // same.
        List<Stored> items =
                metrics.stream().map(object -> stored(request, object, state)).toList();
        Answers answers = new Answers(world.clock());
        return one
                ? answers.object(request, 200, items.getFirst().value(), state.resourceVersion())
                : answers.page(request, new Page(state.resourceVersion(), items, "", -1));
    }

    private static Stored stored(ApiRequest request, ObjectNode object, ClusterState state) {
        JsonNode metadata = object.path("metadata");
        ObjectKey key =
                request.kind()
                        .key(metadata.path("namespace").asText(""), metadata.path("name").asText());
        return new Stored(key, state.resourceVersion(), Trees.write(object));
    }

    private static ObjectNode list(Kind kind, List<ObjectNode> metrics) {
        ObjectNode list = Trees.object();
        list.put("kind", kind.kind() + "List").put("apiVersion", kind.apiVersion());
        list.putObject("metadata");
        list.putArray("items").addAll(metrics);
        return list;
    }

    private static List<ObjectNode> metrics(
            ApiRequest request, Selection selection, ClusterState state, List<NodeUsage> usages) {
        return request.kind().namespaced()
                ? pods(request, selection, state, usages)
                : nodes(request, selection, state, usages);
    }

    private static List<ObjectNode> nodes(
            ApiRequest request, Selection selection, ClusterState state, List<NodeUsage> usages) {
        Map<String, NodeUsage> byName = new HashMap<>();
        usages.forEach(usage -> byName.put(usage.node(), usage));
        List<ObjectNode> metrics = new ArrayList<>();
        for (Stored node : state.list(NODES)) {
            NodeUsage usage = byName.get(node.key().name());
            if (usage != null && selection.matches(node)) {
                ObjectNode one = begin(request.kind(), node, usage);
                one.set("usage", amounts(usage.amounts()));
                metrics.add(one);
            }
        }
        return metrics;
    }

    private static List<ObjectNode> pods(
            ApiRequest request, Selection selection, ClusterState state, List<NodeUsage> usages) {
        Map<String, Measured> byUid = new HashMap<>();
        for (NodeUsage node : usages) {
            node.pods().forEach(pod -> byUid.put(pod.uid(), new Measured(node, pod)));
        }
        List<ObjectNode> metrics = new ArrayList<>();
        for (Stored pod : inScope(state, request.namespace())) {
            Measured measured = selection.matches(pod) ? byUid.get(uid(pod)) : null;
            if (measured != null) {
                ObjectNode one = begin(request.kind(), pod, measured.node());
                ArrayNode containers = one.putArray("containers");
                new TreeMap<>(measured.pod().containers())
                        .forEach((name, use) ->
                                containers
                                        .addObject()
                                        .put("name", name)
                                        .set("usage", amounts(use)));
                metrics.add(one);
            }
        }
        return metrics;
    }

    private record Measured(NodeUsage node, PodUsage pod) {}

    private static Collection<Stored> inScope(ClusterState state, String namespace) {
        return namespace.isEmpty() ? state.list(PODS) : state.list(PODS, namespace);
    }

    private static String uid(Stored object) {
        return Trees.read(object.value()).path("metadata").path("uid").asText();
    }

    /** With the labels of what is measured, so that a selector finds both. */
    private static ObjectNode begin(Kind kind, Stored measured, NodeUsage usage) {
        ObjectNode metrics =
                Trees.object().put("kind", kind.kind()).put("apiVersion", kind.apiVersion());
        ObjectNode metadata = metrics.putObject("metadata").put("name", measured.key().name());
        if (kind.namespaced()) {
            metadata.put("namespace", measured.key().namespace());
        }
        metadata.put("creationTimestamp", Times.text(usage.time()));
        JsonNode labels = Trees.read(measured.value()).path("metadata").path("labels");
        if (!labels.isEmpty()) {
            metadata.set("labels", labels);
        }
        metrics.put("timestamp", Times.text(usage.time()));
        metrics.put("window", usage.window().toSeconds() + "s");
        return metrics;
    }

    private static ObjectNode amounts(@Nullable Amounts amounts) {
        ObjectNode usage = Trees.object();
        if (amounts != null) {
            usage.put("cpu", amounts.cpuNanos() + "n");
            usage.put("memory", amounts.memoryBytes() / 1024 + "Ki");
        }
        return usage;
    }
}
