package dev.orrery.apiserver.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.answer.Answers;
import dev.orrery.apiserver.authorization.Access;
import dev.orrery.apiserver.authorization.Decision;
import dev.orrery.apiserver.pipeline.Body;
import dev.orrery.apiserver.pipeline.World;
import dev.orrery.apiserver.request.ApiRequest;
import dev.orrery.apiserver.request.ApiResponse;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.FieldPath;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.apiserver.user.User;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * {@code SubjectAccessReview}, {@code LocalSubjectAccessReview}, {@code SelfSubjectAccessReview}:
 * whether somebody may do something, by the same decision that requests meet.
 */
final class AccessReviews implements Action {

    private static final String RESOURCE = "resourceAttributes";
    private static final String PATH = "nonResourceAttributes";

    private final World world;

    AccessReviews(World world) {
        this.world = world;
    }

    @Override
    public CompletionStage<ApiResponse> run(ApiRequest request) {
        ObjectNode review = Body.of(world, request).get();
        review.put("kind", request.kind().kind()).put("apiVersion", request.kind().apiVersion());
        review.withObjectProperty("metadata");
        JsonNode spec = review.path("spec");
        check(request, spec);
        Access access = access(spec, user(request, spec));
        Decision decision = world.authorizer().authorize(access);
        ObjectNode status = review.putObject("status").put("allowed", decision.isAllowed());
        if (!decision.reason().isEmpty()) {
            status.put("reason", decision.reason());
        }
        return CompletableFuture.completedFuture(Answers.made(request, 201, review));
    }

    private static User user(ApiRequest request, JsonNode spec) {
        if (isSelf(request)) {
            return request.user();
        }
        Map<String, List<String>> extra = new HashMap<>();
        spec.path("extra").properties().forEach(e -> extra.put(e.getKey(), texts(e.getValue())));
        return new User(
                spec.path("user").asText(""),
                spec.path("uid").asText(""),
                texts(spec.path("groups")),
                extra);
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static Access access(JsonNode spec, User user) {
        if (spec.has(PATH)) {
            JsonNode asked = spec.path(PATH);
            String path = asked.path("path").asText("");
            return Access.toPath(user, asked.path("verb").asText(""), path.isEmpty() ? "/" : path);
        }
        JsonNode asked = spec.path(RESOURCE);
        return new Access(
                user,
                asked.path("verb").asText(""),
                asked.path("group").asText(""),
                asked.path("version").asText(""),
                asked.path("resource").asText(""),
                asked.path("subresource").asText(""),
                asked.path("namespace").asText(""),
                asked.path("name").asText(""),
                fields(asked.path("fieldSelector")),
                "");
    }

    private static Map<String, String> fields(JsonNode selector) {
        Map<String, String> fields = new HashMap<>();
        for (JsonNode requirement : selector.path("requirements")) {
            JsonNode values = requirement.path("values");
            if (requirement.path("operator").asText().equals("In") && values.size() == 1) {
                fields.put(requirement.path("key").asText(), values.path(0).asText());
            }
        }
        return fields;
    }

    private static boolean isSelf(ApiRequest request) {
        return request.kind().kind().startsWith("Self");
    }

    private static void check(ApiRequest request, JsonNode spec) {
        FieldErrors errors = new FieldErrors();
        boolean resource = spec.has(RESOURCE);
        boolean path = spec.has(PATH);
        if (resource && path) {
            errors.invalid(
                    FieldPath.SPEC.child(PATH),
                    spec.path(PATH),
                    "cannot be specified in combination with resourceAttributes");
        } else if (!resource && !path) {
            errors.invalid(
                    FieldPath.SPEC.child(RESOURCE),
                    null,
                    "exactly one of nonResourceAttributes or resourceAttributes must be specified");
        }
        if (!isSelf(request)
                && spec.path("user").asText("").isEmpty()
                && spec.path("groups").isEmpty()) {
            errors.invalid(
                    FieldPath.SPEC.child("user"),
                    "",
                    "at least one of user or group must be specified");
        }
        if (path && request.kind().namespaced()) {
            errors.invalid(
                    FieldPath.SPEC.child(PATH),
                    spec.path(PATH),
                    "disallowed on this kind of request");
        }
        if (!errors.isEmpty()) {
            throw Refusals.invalid(request.kind().group(), request.kind().kind(), "", errors.all());
        }
        if (request.kind().namespaced()
                && !spec.path(RESOURCE).path("namespace").asText("").equals(request.namespace())) {
            throw Refusals.badRequest(
                    "spec.resourceAttributes.namespace must match namespace: "
                            + request.namespace());
        }
    }
}
