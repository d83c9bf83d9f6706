package dev.orrery.apiserver.action;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.answer.Answers;
import dev.orrery.apiserver.nodeaccess.NodeIdentity;
import dev.orrery.apiserver.pipeline.Body;
import dev.orrery.apiserver.pipeline.World;
import dev.orrery.apiserver.rbac.RbacAuthorizer;
import dev.orrery.apiserver.rbac.RbacAuthorizer.Rights;
import dev.orrery.apiserver.rbac.Rule;
import dev.orrery.apiserver.request.ApiRequest;
import dev.orrery.apiserver.request.ApiResponse;
import dev.orrery.apiserver.status.Refusals;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@code SelfSubjectRulesReview}, which is {@code kubectl auth can-i --list}. */
final class RulesReviews implements Action {

    private final World world;
    private final RbacAuthorizer rbac;

    RulesReviews(World world, RbacAuthorizer rbac) {
        this.world = world;
        this.rbac = rbac;
    }

    @Override
    public CompletionStage<ApiResponse> run(ApiRequest request) {
        ObjectNode review = Body.of(world, request).get();
        review.put("kind", request.kind().kind()).put("apiVersion", request.kind().apiVersion());
        review.withObjectProperty("metadata");
        String namespace = review.path("spec").path("namespace").asText("");
        if (namespace.isEmpty()) {
            throw Refusals.badRequest("no namespace on request");
        }
        write(request, rbac.rights(request.user(), namespace), review.putObject("status"));
        return CompletableFuture.completedFuture(Answers.made(request, 201, review));
    }

    private static void write(ApiRequest request, Rights rights, ObjectNode status) {
        ArrayNode resources = status.putArray("resourceRules");
        ArrayNode paths = status.putArray("nonResourceRules");
        for (Rule rule : rights.rules()) {
            if (!rule.resources().isEmpty()) {
                rule.write(resources.addObject());
            }
            if (!rule.paths().isEmpty()) {
                rule.write(paths.addObject());
            }
        }
        boolean node = NodeIdentity.isNode(request.user());
        status.put("incomplete", node || !rights.error().isEmpty());
        if (node) {
            status.put("evaluationError", "node authorizer does not support user rule resolution");
        } else if (!rights.error().isEmpty()) {
            status.put("evaluationError", rights.error());
        }
    }
}
