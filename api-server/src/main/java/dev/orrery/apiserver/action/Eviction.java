package dev.orrery.apiserver.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.answer.Answers;
import dev.orrery.apiserver.answer.StatusJson;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.metadata.Metadata;
import dev.orrery.apiserver.metadata.Times;
import dev.orrery.apiserver.pipeline.Change;
import dev.orrery.apiserver.pipeline.Delete;
import dev.orrery.apiserver.pipeline.DeleteOptions;
import dev.orrery.apiserver.pipeline.Draft;
import dev.orrery.apiserver.pipeline.Pipeline;
import dev.orrery.apiserver.pipeline.World;
import dev.orrery.apiserver.pipeline.Written;
import dev.orrery.apiserver.pipeline.Written.Effect;
import dev.orrery.apiserver.request.ApiRequest;
import dev.orrery.apiserver.request.ApiResponse;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.apiserver.status.StatusException.Details;
import dev.orrery.apiserver.store.ClusterState;
import dev.orrery.apiserver.store.Stored;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.ObjectKey;
import dev.orrery.machinery.store.Verb;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * {@code pods/eviction}: a deletion that asks the pod's disruption budget first. Three writes: one
 * off the budget, the reason into the pod's status, the deletion.
 */
final class Eviction implements Action {

    private static final GroupResource PODS = new GroupResource("", "pods");

    private final World world;
    private final Pipeline pipeline;

    Eviction(World world, Pipeline pipeline) {
        this.world = world;
        this.pipeline = pipeline;
    }

    @Override
    public CompletionStage<ApiResponse> run(ApiRequest request) {
        ObjectNode eviction =
                world.bodies()
                        .decode(request.body(), request.contentType(), "policy/v1", "Eviction")
                        .object();
        String named = eviction.path("metadata").path("name").asText("");
        if (!named.isEmpty() && !named.equals(request.name())) {
            throw Refusals.badRequest("name in URL does not match name in Eviction object");
        }
        DeleteOptions options = DeleteOptions.of(eviction.path("deleteOptions"));
        ApiRequest effective = options.dryRun() ? request.asDryRun() : request;
        return pipeline.act(effective, eviction)
                .thenCompose(_ -> payBudget(effective))
                .thenCompose(unpaid -> explain(effective, options, unpaid))
                .thenCompose(pod -> delete(effective, of(options, pod)))
                .thenApply(_ -> Answers.made(request, 201, StatusJson.success(Details.NONE)));
    }

    /** Who named the pod's version means the one that now says why it goes. */
    private static DeleteOptions of(DeleteOptions options, Written pod) {
        return options.resourceVersion().isEmpty() ? options : options.at(pod.resourceVersion());
    }

    /** Answers the budget that asks nothing as the pod is not ready; empty for any other case. */
    private CompletionStage<String> payBudget(ApiRequest request) {
        ClusterState state = world.stores().registry().current();
        Stored stored = state.get(request.key());
        if (stored == null) {
            throw Refusals.notFound(PODS, request.name());
        }
        ObjectNode pod = Trees.read(stored.value());
        Optional<ObjectKey> budget =
                isPastProtection(pod)
                        ? Optional.empty()
                        : Budgets.of(state, request.namespace(), pod);
        Kind budgets = world.kinds().at("policy", "v1", Budgets.BUDGETS.resource());
        if (budget.isEmpty() || budgets == null) {
            return CompletableFuture.completedFuture("");
        }
        Change payment = (objects, _) -> pay(objects, budget.get(), pod);
        return pipeline.write(request.of(budgets), payment)
                .thenApply(written -> written.is(Effect.UNCHANGED) ? budget.get().name() : "");
    }

    /** Such a pod keeps nothing up, so its budget does not count. */
    private static boolean isPastProtection(JsonNode pod) {
        return switch (pod.path("status").path("phase").asText("")) {
            case "Succeeded", "Failed", "Pending" -> true;
            default -> pod.path("metadata").hasNonNull("deletionTimestamp");
        };
    }

    private Change.Next pay(ClusterState objects, ObjectKey key, ObjectNode pod) {
        Stored current = objects.get(key);
        if (current == null) {
            throw Refusals.notFound(Budgets.BUDGETS, key.name());
        }
        ObjectNode budget = Trees.read(current.value());
        boolean paid = Budgets.pay(budget, pod, world.clock().instant());
        return paid
                ? new Change.Next.Put(key, current.resourceVersion(), Draft.store(world, budget))
                : new Change.Next.Keep(current);
    }

    /** Says in the pod's status why it goes. */
    private CompletionStage<Written> explain(
            ApiRequest request, DeleteOptions options, String unpaidBudget) {
        return pipeline.write(
                request,
                (pods, _) -> {
                    Stored current = pods.get(request.key());
                    if (current == null) {
                        throw Refusals.notFound(PODS, request.name());
                    }
                    ObjectNode pod = Trees.read(current.value());
                    options.checkPreconditions(request, current, Metadata.of(pod).uid());
                    if (!unpaidBudget.isEmpty() && Budgets.isReady(pod)) {
                        throw Budgets.stillProcessed(unpaidBudget);
                    }
                    if (isPastProtection(pod)) {
                        return new Change.Next.Keep(current);
                    }
                    setReason(pod);
                    return new Change.Next.Put(
                            current.key(), current.resourceVersion(), Draft.store(world, pod));
                });
    }

    private void setReason(ObjectNode pod) {
        ArrayNode conditions = pod.withObjectProperty("status").withArrayProperty("conditions");
        for (int i = conditions.size() - 1; i >= 0; i--) {
            if (conditions.get(i).path("type").asText().equals("DisruptionTarget")) {
                conditions.remove(i);
            }
        }
        conditions
                .addObject()
                .put("type", "DisruptionTarget")
                .put("status", "True")
                .put("reason", "EvictionByEvictionAPI")
                .put("message", "Eviction API: evicting")
                .put("lastTransitionTime", Times.text(world.clock().instant()));
    }

    private CompletionStage<Written> delete(ApiRequest request, DeleteOptions options) {
        ApiRequest deletion = request.about(request.key(), Verb.DELETE);
        return pipeline.write(deletion, new Delete(world, deletion, options));
    }
}
