package dev.orrery.apiserver.pipeline;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.admission.Attributes;
import dev.orrery.apiserver.admission.Operation;
import dev.orrery.apiserver.admission.UserAdmission;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.request.ApiRequest;
import dev.orrery.apiserver.store.ClusterState;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Admission of requests that store nothing: connections ({@code exec}, {@code attach}, {@code
 * portforward}, {@code proxy}), of which the options are admitted, and actions ({@code binding},
 * {@code eviction}), of which the body is.
 */
final class Connecting {

    private static final List<String> FLAGS = List.of("stdin", "stdout", "stderr", "tty");

    private final World world;

    Connecting(World world) {
        this.world = world;
    }

    /** Fails with a StatusException where the connection is not to be. */
    CompletionStage<Void> connect(ApiRequest request) {
        return world.stores()
                .registry()
                .newest()
                .thenCompose(state -> asked(request, state, Operation.CONNECT, options(request)));
    }

    /** Users alone are asked: what the system itself has against an action it says elsewhere. */
    CompletionStage<Void> act(ApiRequest request, ObjectNode body) {
        return asked(request, world.stores().registry().current(), Operation.CREATE, body);
    }

    private CompletionStage<Void> asked(
            ApiRequest request, ClusterState state, Operation operation, ObjectNode body) {
        UserAdmission users = world.admission().users();
        Attributes attributes =
                new Attributes(
                        state,
                        operation,
                        request.kind(),
                        request.subresource(),
                        request.namespace(),
                        request.name(),
                        body,
                        null,
                        request.user(),
                        request.isDryRun(),
                        world.clock().instant(),
                        world.identities().random(),
                        () -> Options.of(request, "CreateOptions"),
                        request.notices(),
                        new Permissions(world.authorizer()));
        CompletionStage<Void> mutated = users.mutate(attributes, () -> {});
        return mutated == null
                ? done(users.validate(attributes))
                : mutated.thenCompose(_ -> done(users.validate(attributes)));
    }

    private static CompletionStage<Void> done(@Nullable CompletionStage<Void> asked) {
        return asked == null ? CompletableFuture.completedStage(null) : asked;
    }

    /** As the sub-resource's kind has them. */
    private static ObjectNode options(ApiRequest request) {
        ObjectNode options = Trees.object();
        options.put("kind", request.part().kind()).put("apiVersion", request.part().apiVersion());
        for (String flag : FLAGS) {
            if (request.parameters().flag(flag)) {
                options.put(flag, true);
            }
        }
        for (String text : List.of("container", "path")) {
            if (request.parameters().has(text)) {
                options.put(text, request.parameters().text(text));
            }
        }
        if (request.parameters().has("command")) {
            ArrayNode command = options.putArray("command");
            command.add(request.parameters().text("command"));
        }
        return options;
    }
}
