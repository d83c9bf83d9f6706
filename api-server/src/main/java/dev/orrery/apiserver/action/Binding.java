package dev.orrery.apiserver.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.answer.Answers;
import dev.orrery.apiserver.answer.StatusJson;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.metadata.Times;
import dev.orrery.apiserver.pipeline.Change;
import dev.orrery.apiserver.pipeline.Draft;
import dev.orrery.apiserver.pipeline.Pipeline;
import dev.orrery.apiserver.pipeline.World;
import dev.orrery.apiserver.request.ApiRequest;
import dev.orrery.apiserver.request.ApiResponse;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.FieldPath;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.apiserver.status.StatusException;
import dev.orrery.apiserver.status.StatusException.Details;
import dev.orrery.apiserver.store.ClusterState;
import dev.orrery.apiserver.store.Stored;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.ObjectKey;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * {@code pods/binding}: gives a pod to a node, once. Neither validation nor admission look at it.
 */
final class Binding implements Action {

    private static final GroupResource PODS = new GroupResource("", "pods");
    private static final GroupResource BINDINGS = new GroupResource("", "pods/binding");

    private final World world;
    private final Pipeline pipeline;

    Binding(World world, Pipeline pipeline) {
        this.world = world;
        this.pipeline = pipeline;
    }

    @Override
    public CompletionStage<ApiResponse> run(ApiRequest request) {
        ObjectNode binding =
                world.bodies()
                        .decode(request.body(), request.contentType(), "v1", "Binding")
                        .object();
        String named = binding.path("metadata").path("name").asText("");
        if (!request.name().isEmpty() && !named.isEmpty() && !named.equals(request.name())) {
            throw Refusals.badRequest("name in URL does not match name in Binding object");
        }
        String name = request.name().isEmpty() ? named : request.name();
        check(binding, name);
        ObjectKey key = new ObjectKey(PODS, request.namespace(), name);
        Change change = (pods, _) -> bind(pods, key, binding);
        return pipeline.act(request, binding)
                .thenCompose(_ -> pipeline.write(onPods(request), change))
                .thenApply(written ->
                        Answers.made(request, 201, StatusJson.success(Details.NONE))
                                .ofWrite(written.resourceVersion()));
    }

    /** The write is one of the pod's, also where the binding came without it. */
    private ApiRequest onPods(ApiRequest request) {
        Kind pods = world.kinds().at("", "v1", "pods");
        return pods == null ? request : request.of(pods);
    }

    private static void check(ObjectNode binding, String name) {
        JsonNode target = binding.path("target");
        FieldErrors errors = new FieldErrors();
        FieldPath path = new FieldPath("target");
        String kind = target.path("kind").asText("");
        if (!kind.isEmpty() && !kind.equals("Node")) {
            errors.notSupported(path.child("kind"), kind, List.of("Node", ""));
        }
        if (target.path("name").asText("").isEmpty()) {
            errors.required(path.child("name"), "");
        }
        if (!errors.isEmpty()) {
            throw Refusals.invalid("", "Binding", name, errors.all());
        }
    }

    private Change.Next bind(ClusterState pods, ObjectKey key, ObjectNode binding) {
        Stored current = pods.get(key);
        if (current == null) {
            throw Refusals.notFound(PODS, key.name());
        }
        ObjectNode pod = Trees.read(current.value());
        checkFree(pod, key.name(), binding);
        ObjectNode spec = pod.withObjectProperty("spec");
        spec.put("nodeName", binding.path("target").path("name").asText());
        for (String map : List.of("annotations", "labels")) {
            JsonNode more = binding.path("metadata").path(map);
            if (!more.isEmpty()) {
                pod.withObjectProperty("metadata")
                        .withObjectProperty(map)
                        .setAll((ObjectNode) more);
            }
        }
        setScheduled(pod);
        pod.withObjectProperty("status").remove("nominatedNodeName");
        return new Change.Next.Put(key, current.resourceVersion(), Draft.store(world, pod));
    }

    private static void checkFree(ObjectNode pod, String name, ObjectNode binding) {
        String uid = binding.path("metadata").path("uid").asText("");
        String actual = pod.path("metadata").path("uid").asText();
        if (!uid.isEmpty() && !uid.equals(actual)) {
            throw conflict(
                    name,
                    "Precondition failed: UID in precondition: "
                            + uid
                            + ", UID in object meta: "
                            + actual);
        }
        if (pod.path("metadata").hasNonNull("deletionTimestamp")) {
            throw conflict(name, "pod " + name + " is being deleted, cannot be assigned to a host");
        }
        String node = pod.path("spec").path("nodeName").asText("");
        if (!node.isEmpty()) {
            throw conflict(name, "pod " + name + " is already assigned to node \"" + node + "\"");
        }
        if (!pod.path("spec").path("schedulingGates").isEmpty()) {
            throw conflict(name, "pod " + name + " has non-empty .spec.schedulingGates");
        }
    }

    private static StatusException conflict(String name, String why) {
        return Refusals.conflict(BINDINGS, name, why);
    }

    private void setScheduled(ObjectNode pod) {
        ArrayNode conditions = pod.withObjectProperty("status").withArrayProperty("conditions");
        for (int i = 0; i < conditions.size(); i++) {
            if (conditions.get(i).path("type").asText().equals("PodScheduled")) {
                conditions.remove(i);
                break;
            }
        }
        ObjectNode condition =
                conditions
                        .addObject()
                        .put("type", "PodScheduled")
                        .put("status", "True")
                        .put("lastTransitionTime", Times.text(world.clock().instant()));
        JsonNode generation = pod.path("metadata").get("generation");
        if (generation != null) {
            condition.set("observedGeneration", generation);
        }
    }
}
