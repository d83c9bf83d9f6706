package dev.orrery.apiserver.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.answer.Answers;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.metadata.Times;
import dev.orrery.apiserver.pipeline.Body;
import dev.orrery.apiserver.pipeline.Pipeline;
import dev.orrery.apiserver.pipeline.World;
import dev.orrery.apiserver.request.ApiRequest;
import dev.orrery.apiserver.request.ApiResponse;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.FieldPath;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.apiserver.store.ClusterState;
import dev.orrery.apiserver.store.Stored;
import dev.orrery.apiserver.token.Claims;
import dev.orrery.apiserver.token.Tokens;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.ObjectKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** {@code serviceaccounts/token}: a new token for an account, which dies by itself. */
final class TokenRequests implements Action {

    private static final String AUDIENCE = "https://kubernetes.default.svc.cluster.local";
    private static final long DEFAULT_SECONDS = 3600;
    private static final long SHORTEST_SECONDS = 600;
    private static final long LONGEST_SECONDS = 1L << 32;

    /** What a token may be bound to, by its kind. */
    private static final Map<String, GroupResource> BINDABLE =
            Map.of(
                    "Pod", new GroupResource("", "pods"),
                    "Node", new GroupResource("", "nodes"),
                    "Secret", new GroupResource("", "secrets"));

    private final World world;
    private final Pipeline pipeline;
    private final @Nullable Tokens tokens;

    TokenRequests(World world, Pipeline pipeline, @Nullable Tokens tokens) {
        this.world = world;
        this.pipeline = pipeline;
        this.tokens = tokens;
    }

    @Override
    public CompletionStage<ApiResponse> run(ApiRequest request) {
        ObjectNode body = Body.ofPart(world, request).get();
        return pipeline.read(request)
                .thenApply(account -> Answers.made(request, 201, issue(request, body, account)));
    }

    private ObjectNode issue(ApiRequest request, ObjectNode body, Stored account) {
        ObjectNode spec = body.withObjectProperty("spec");
        check(request, spec);
        if (tokens == null) {
            throw Refusals.unavailable("this server has no key to sign tokens with", 30);
        }
        if (spec.path("audiences").isEmpty()) {
            spec.putArray("audiences").add(AUDIENCE);
        }
        spec.put("expirationSeconds", seconds(spec));
        Claims claims = claims(account, spec);
        body.put("kind", "TokenRequest").put("apiVersion", "authentication.k8s.io/v1");
        body.withObjectProperty("metadata")
                .put("name", request.name())
                .put("namespace", request.namespace())
                .put("creationTimestamp", Times.text(claims.issuedAt()));
        body.putObject("status")
                .put("token", tokens.sign(claims))
                .put("expirationTimestamp", Times.text(claims.expiresAt()));
        return body;
    }

    private static long seconds(JsonNode spec) {
        return spec.path("expirationSeconds").asLong(DEFAULT_SECONDS);
    }

    private static void check(ApiRequest request, JsonNode spec) {
        FieldErrors errors = new FieldErrors();
        FieldPath path = FieldPath.SPEC.child("expirationSeconds");
        if (seconds(spec) < SHORTEST_SECONDS) {
            errors.invalid(path, seconds(spec), "may not specify a duration less than 10 minutes");
        }
        if (seconds(spec) > LONGEST_SECONDS) {
            errors.invalid(
                    path, seconds(spec), "may not specify a duration larger than 2^32 seconds");
        }
        if (!errors.isEmpty()) {
            throw Refusals.invalid(
                    "authentication.k8s.io", "TokenRequest", request.name(), errors.all());
        }
    }

    private Claims claims(Stored account, JsonNode spec) {
        List<String> audiences = new ArrayList<>();
        spec.path("audiences").forEach(audience -> audiences.add(audience.asText()));
        Instant now = world.clock().instant().truncatedTo(ChronoUnit.SECONDS);
        JsonNode bound = spec.path("boundObjectRef");
        String kind = bound.path("kind").asText("");
        return new Claims(
                account.key().namespace(),
                account.key().name(),
                uid(account),
                kind,
                bound.path("name").asText(""),
                kind.isEmpty() ? "" : boundUid(account.key().namespace(), bound),
                audiences,
                now,
                now.plusSeconds(seconds(spec)),
                world.identities().uid());
    }

    private String boundUid(String namespace, JsonNode bound) {
        String kind = bound.path("kind").asText();
        String name = bound.path("name").asText("");
        GroupResource resource = BINDABLE.get(kind);
        if (resource == null || name.isEmpty()) {
            throw Refusals.badRequest(
                    "cannot bind token for serviceaccount to object type " + kind);
        }
        ClusterState state = world.stores().registry().current();
        Stored object =
                state.get(new ObjectKey(resource, kind.equals("Node") ? "" : namespace, name));
        if (object == null) {
            throw Refusals.notFound(resource, name);
        }
        String wanted = bound.path("uid").asText("");
        if (!wanted.isEmpty() && !wanted.equals(uid(object))) {
            throw Refusals.conflict(
                    resource,
                    name,
                    "the UID in the bound object reference ("
                            + wanted
                            + ") does not match the UID in record. The object might have been"
                            + " deleted and then recreated");
        }
        return uid(object);
    }

    private static String uid(Stored object) {
        return Trees.read(object.value()).path("metadata").path("uid").asText();
    }
}
