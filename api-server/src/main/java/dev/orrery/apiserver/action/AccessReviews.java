package dev.orrery.apiserver.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.answer.Answers;
import dev.orrery.apiserver.pipeline.Body;
import dev.orrery.apiserver.pipeline.World;
import dev.orrery.apiserver.request.ApiRequest;
import dev.orrery.apiserver.request.ApiResponse;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.FieldPath;
import dev.orrery.apiserver.status.Refusals;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What a user may do: while nobody's rights are checked, everything, and the answer says why. */
final class AccessReviews implements Action {

    private static final String REASON = "RBAC is not enforced yet: every known user may do all";

    private final World world;

    AccessReviews(World world) {
        this.world = world;
    }

    @Override
    public CompletionStage<ApiResponse> run(ApiRequest request) {
        ObjectNode review = Body.of(world, request).get();
        review.put("kind", request.kind().kind()).put("apiVersion", request.kind().apiVersion());
        review.withObjectProperty("metadata");
        if (request.kind().kind().equals("SelfSubjectRulesReview")) {
            allRules(review);
        } else {
            check(request, review.path("spec"));
            review.putObject("status").put("allowed", true).put("reason", REASON);
        }
        return CompletableFuture.completedFuture(Answers.made(request, 201, review));
    }

    private static void check(ApiRequest request, JsonNode spec) {
        FieldErrors errors = new FieldErrors();
        boolean resource = spec.has("resourceAttributes");
        boolean path = spec.has("nonResourceAttributes");
        if (resource && path) {
            errors.invalid(
                    FieldPath.SPEC.child("nonResourceAttributes"),
                    spec.path("nonResourceAttributes"),
                    "cannot be specified in combination with resourceAttributes");
        } else if (!resource && !path) {
            errors.invalid(
                    FieldPath.SPEC.child("resourceAttributes"),
                    null,
                    "exactly one of nonResourceAttributes or resourceAttributes must be specified");
        }
        boolean self = request.kind().kind().startsWith("Self");
        if (!self && spec.path("user").asText("").isEmpty() && spec.path("groups").isEmpty()) {
            errors.invalid(
                    FieldPath.SPEC.child("user"),
                    "",
                    "at least one of user or group must be specified");
        }
        if (!errors.isEmpty()) {
            throw Refusals.invalid(request.kind().group(), request.kind().kind(), "", errors.all());
        }
    }

    private static void allRules(ObjectNode review) {
        ObjectNode status = review.putObject("status");
        ObjectNode resources = status.putArray("resourceRules").addObject();
        resources.putArray("verbs").add("*");
        resources.putArray("apiGroups").add("*");
        resources.putArray("resources").add("*");
        ObjectNode paths = status.putArray("nonResourceRules").addObject();
        paths.putArray("verbs").add("*");
        paths.putArray("nonResourceURLs").add("*");
        status.put("incomplete", false);
    }
}
