package dev.orrery.apiserver.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.answer.Answers;
import dev.orrery.apiserver.pipeline.Body;
import dev.orrery.apiserver.pipeline.World;
import dev.orrery.apiserver.request.ApiRequest;
import dev.orrery.apiserver.request.ApiResponse;
import dev.orrery.apiserver.store.ClusterState;
import dev.orrery.apiserver.token.Claims;
import dev.orrery.apiserver.token.TokenCheck;
import dev.orrery.apiserver.token.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** {@code TokenReview}: whose a token is, for those who are shown one. */
final class TokenReviews implements Action {

    private static final String AUDIENCE = "https://kubernetes.default.svc.cluster.local";

    private final World world;
    private final @Nullable Tokens tokens;

    TokenReviews(World world, @Nullable Tokens tokens) {
        this.world = world;
        this.tokens = tokens;
    }

    @Override
    public CompletionStage<ApiResponse> run(ApiRequest request) {
        ObjectNode review = Body.of(world, request).get();
        review.put("kind", request.kind().kind()).put("apiVersion", request.kind().apiVersion());
        review.withObjectProperty("metadata");
        judge(review);
        return CompletableFuture.completedFuture(Answers.made(request, 201, review));
    }

    private void judge(ObjectNode review) {
        ObjectNode status = review.putObject("status");
        String token = review.path("spec").path("token").asText("");
        ClusterState state = world.stores().registry().current();
        Optional<Claims> claims = tokens == null ? Optional.empty() : tokens.read(token);
        if (claims.isEmpty() || !TokenCheck.isGood(claims.get(), state, world.clock().instant())) {
            status.putObject("user");
            status.put("error", "[invalid bearer token, service account token is not valid]");
            return;
        }
        List<String> audiences = common(review.path("spec").path("audiences"), claims.get());
        if (audiences.isEmpty()) {
            status.putObject("user");
            status.put("error", "[invalid bearer token, token audiences do not match]");
            return;
        }
        status.put("authenticated", true);
        status.set("user", WhoAmI.info(TokenCheck.user(claims.get())));
        ArrayNode array = status.putArray("audiences");
        audiences.forEach(array::add);
    }

    /** Who asks for none asks as the API itself. */
    private static List<String> common(JsonNode asked, Claims claims) {
        List<String> wanted = new ArrayList<>();
        asked.forEach(one -> wanted.add(one.asText()));
        if (wanted.isEmpty()) {
            wanted.add(AUDIENCE);
        }
        wanted.retainAll(claims.audiences());
        return wanted;
    }
}
