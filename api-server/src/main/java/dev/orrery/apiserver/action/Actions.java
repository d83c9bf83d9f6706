package dev.orrery.apiserver.action;

import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.kind.MetricsKinds;
import dev.orrery.apiserver.node.NodeUsages;
import dev.orrery.apiserver.pipeline.Pipeline;
import dev.orrery.apiserver.pipeline.World;
import dev.orrery.apiserver.rbac.RbacAuthorizer;
import dev.orrery.apiserver.request.ApiRequest;
import dev.orrery.apiserver.request.ApiResponse;
import dev.orrery.apiserver.token.Tokens;
import dev.orrery.machinery.log.GroupResource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** All actions by their paths. */
public final class Actions {

    private static final GroupResource PODS = new GroupResource("", "pods");

    private final Map<Place, Action> actions = new HashMap<>();
    private final Scaling scaling;

    private record Place(GroupResource resource, String subresource) {}

    /**
     * @param tokens null where the server has no key to sign with
     * @param usages where it is asked what pods use
     */
    public Actions(
            World world,
            Pipeline pipeline,
            @Nullable Tokens tokens,
            RbacAuthorizer rbac,
            NodeUsages usages) {
        Binding binding = new Binding(world, pipeline);
        put(PODS, "binding", binding);
        put(new GroupResource("", "bindings"), "", binding);
        put(PODS, "eviction", new Eviction(world, pipeline));
        scaling = new Scaling(world, pipeline);
        for (Kind kind : world.kinds().all()) {
            if (kind.hasSubresource("scale")) {
                put(kind.resource(), "scale", scaling);
            }
        }
        put(
                new GroupResource("", "serviceaccounts"),
                "token",
                new TokenRequests(world, pipeline, tokens));
        ResourceMetrics metrics = new ResourceMetrics(world, usages);
        put(new GroupResource(MetricsKinds.GROUP, "pods"), "", metrics);
        put(new GroupResource(MetricsKinds.GROUP, "nodes"), "", metrics);
        putReviews(world, tokens, rbac);
    }

    private void putReviews(World world, @Nullable Tokens tokens, RbacAuthorizer rbac) {
        String authentication = "authentication.k8s.io";
        put(new GroupResource(authentication, "tokenreviews"), "", new TokenReviews(world, tokens));
        put(new GroupResource(authentication, "selfsubjectreviews"), "", new WhoAmI(world));
        AccessReviews access = new AccessReviews(world);
        String authorization = "authorization.k8s.io";
        for (Kind kind : world.kinds().of(authorization, "v1")) {
            put(kind.resource(), "", access);
        }
        put(
                new GroupResource(authorization, "selfsubjectrulesreviews"),
                "",
                new RulesReviews(world, rbac));
    }

    private void put(GroupResource resource, String subresource, Action action) {
        actions.put(new Place(resource, subresource), action);
    }

    /** Null where the request is one for the pipeline. */
    public @Nullable CompletionStage<ApiResponse> run(ApiRequest request) {
        boolean scales = request.kind().custom() != null && request.subresource().equals("scale");
        Action action =
                scales
                        ? scaling
                        : actions.get(new Place(request.kind().resource(), request.subresource()));
        return action == null ? null : action.run(request);
    }
}
