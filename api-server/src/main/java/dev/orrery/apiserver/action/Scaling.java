package dev.orrery.apiserver.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.answer.Answers;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.pipeline.Applying;
import dev.orrery.apiserver.pipeline.Body;
import dev.orrery.apiserver.pipeline.Edit;
import dev.orrery.apiserver.pipeline.Patching;
import dev.orrery.apiserver.pipeline.Pipeline;
import dev.orrery.apiserver.pipeline.World;
import dev.orrery.apiserver.request.ApiRequest;
import dev.orrery.apiserver.request.ApiResponse;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.FieldPath;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.machinery.store.Verb;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** {@code scale}: the number of replicas, read and written alike for every kind that has one. */
final class Scaling implements Action {

    private final World world;
    private final Pipeline pipeline;

    Scaling(World world, Pipeline pipeline) {
        this.world = world;
        this.pipeline = pipeline;
    }

    @Override
    public CompletionStage<ApiResponse> run(ApiRequest request) {
        if (request.verb() == Verb.GET) {
            return pipeline.read(request)
                    .thenApply(found -> shown(request, found.value(), found.resourceVersion()));
        }
        if (request.verb() == Verb.PATCH && Applying.isMeant(request)) {
            return apply(request);
        }
        if (request.verb() == Verb.PATCH) {
            Patching patching = Patching.ofPart(world, request);
            return write(request, patching, patching.warnings());
        }
        Body body = Body.ofPart(world, request);
        return write(request, _ -> body.get(), body.warnings());
    }

    private CompletionStage<ApiResponse> write(
            ApiRequest request, Edit edit, List<String> warnings) {
        if (request.verb() == Verb.PATCH) {
            request.parameters().checkPatch(false);
        } else {
            request.parameters().checkWrite("UpdateOptions");
        }
        return pipeline.update(request, current -> scaled(request, current, edit))
                .thenApply(written ->
                        answer(request, written.value(), written.resourceVersion(), warnings));
    }

    private CompletionStage<ApiResponse> apply(ApiRequest request) {
        request.parameters().checkPatch(true);
        Applying applying =
                Applying.ofPart(world, request, scale -> Scale.configuration(scale, request));
        return pipeline.update(request, applying)
                .thenApply(written ->
                        answer(request, written.value(), written.resourceVersion(), List.of()));
    }

    private static ObjectNode scaled(ApiRequest request, ObjectNode current, Edit edit) {
        ObjectNode scale = edit.edit(Scale.of(current, request.kind()));
        JsonNode metadata = scale.path("metadata");
        check(request, scale);
        Replicas.of(request.kind()).want(current, scale.path("spec").path("replicas").asInt());
        ObjectNode own = current.withObjectProperty("metadata");
        own.put("resourceVersion", metadata.path("resourceVersion").asText(""));
        own.put("uid", metadata.path("uid").asText(""));
        return current;
    }

    private static void check(ApiRequest request, ObjectNode scale) {
        String name = scale.path("metadata").path("name").asText("");
        if (!name.equals(request.name())) {
            throw Refusals.badRequest(
                    "the name of the object ("
                            + name
                            + ") does not match the name on the URL ("
                            + request.name()
                            + ")");
        }
        int replicas = scale.path("spec").path("replicas").asInt();
        if (replicas < 0) {
            FieldErrors errors = new FieldErrors();
            errors.invalid(
                    FieldPath.SPEC.child("replicas"),
                    replicas,
                    "must be greater than or equal to 0");
            throw Refusals.invalid("autoscaling", "Scale", name, errors.all());
        }
    }

    private static ApiResponse answer(
            ApiRequest request, byte[] value, long version, List<String> warnings) {
        return Answers.made(request, 200, Scale.of(object(request, value, version), request.kind()))
                .ofWrite(version)
                .withWarnings(warnings);
    }

    private static ApiResponse shown(ApiRequest request, byte[] value, long version) {
        String missing = Replicas.of(request.kind()).missing(object(request, value, version));
        if (missing != null) {
            throw Refusals.internal("the spec replicas field \"" + missing + "\" does not exist");
        }
        return answer(request, value, version, List.of());
    }

    private static ObjectNode object(ApiRequest request, byte[] value, long version) {
        ObjectNode object = Trees.read(value);
        if (request.kind().custom() != null) {
            request.kind().conversion().fromStorage(object);
        }
        object.withObjectProperty("metadata").put("resourceVersion", Long.toString(version));
        return object;
    }
}
