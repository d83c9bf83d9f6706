package dev.orrery.apiserver.action;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.answer.Answers;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.metadata.Times;
import dev.orrery.apiserver.pipeline.World;
import dev.orrery.apiserver.request.ApiRequest;
import dev.orrery.apiserver.request.ApiResponse;
import dev.orrery.apiserver.user.User;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@code SelfSubjectReview}, which is {@code kubectl auth whoami}. */
final class WhoAmI implements Action {

    private final World world;

    WhoAmI(World world) {
        this.world = world;
    }

    @Override
    public CompletionStage<ApiResponse> run(ApiRequest request) {
        ObjectNode review =
                Trees.object()
                        .put("kind", "SelfSubjectReview")
                        .put("apiVersion", request.kind().apiVersion());
        review.putObject("metadata").put("creationTimestamp", Times.text(world.clock().instant()));
        review.putObject("status").set("userInfo", info(request.user()));
        return CompletableFuture.completedFuture(Answers.made(request, 201, review));
    }

    static ObjectNode info(User user) {
        ObjectNode info = Trees.object().put("username", user.name());
        if (!user.uid().isEmpty()) {
            info.put("uid", user.uid());
        }
        ArrayNode groups = info.putArray("groups");
        user.groups().forEach(groups::add);
        if (!user.extra().isEmpty()) {
            ObjectNode extra = info.putObject("extra");
            for (Map.Entry<String, List<String>> entry : user.extra().entrySet()) {
                ArrayNode values = extra.putArray(entry.getKey());
                entry.getValue().forEach(values::add);
            }
        }
        return info;
    }
}
