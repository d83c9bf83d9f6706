package dev.orrery.apiserver.conversion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.hook.HookAnswer;
import dev.orrery.apiserver.hook.HookCall;
import dev.orrery.apiserver.hook.HookClient;
import dev.orrery.apiserver.hook.HookConversion;
import dev.orrery.apiserver.hook.HookException;
import dev.orrery.apiserver.hook.HookTarget;
import dev.orrery.apiserver.metadata.Identities;
import dev.orrery.apiserver.status.StatusException;
import dev.orrery.apiserver.store.ClusterState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Asks webhooks for objects in other versions. For any thread; never blocks: answers are read in
 * the executor.
 */
public final class Converter {

    /** Kubernetes gives conversion webhooks no time of their own to set. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HookClient client;
    private final Supplier<ClusterState> registry;
    private final Identities identities;
    private final Executor executor;

    public Converter(
            HookClient client,
            Supplier<ClusterState> registry,
            Identities identities,
            Executor executor) {
        this.client = client;
        this.registry = registry;
        this.identities = identities;
        this.executor = executor;
    }

    /**
     * The objects in a version, in their order.
     *
     * @param objects none in that version already, and at least one; not changed
     * @return fails with a StatusException
     */
    CompletionStage<List<ObjectNode>> convert(
            HookConversion hook, String apiVersion, List<ObjectNode> objects) {
        ConversionReview review =
                new ConversionReview(identities.uid(), hook.reviewVersion(), apiVersion, objects);
        return called(hook, review)
                .thenApplyAsync(review::objects, executor)
                .exceptionally(failure -> {
                    throw refusal(failure);
                });
    }

    private CompletionStage<HookAnswer> called(HookConversion hook, ConversionReview review) {
        if (review.version().isEmpty()) {
            return CompletableFuture.failedFuture(
                    new HookException("no supported conversion review versions"));
        }
        try {
            HookTarget target = hook.client().target(registry.get());
            return client.post(new HookCall(target, review.body(), TIMEOUT))
                    .exceptionally(failure -> {
                        throw new HookException(review.failed() + cause(failure).getMessage());
                    });
        } catch (HookException e) {
            String url = hook.client().shown() + "?timeout=" + TIMEOUT.toSeconds() + "s";
            return CompletableFuture.failedFuture(
                    new HookException(review.failed() + "Post \"" + url + "\": " + e.text()));
        }
    }

    /** Without a reason, as Kubernetes answers what it has no name for. */
    private static RuntimeException refusal(Throwable failure) {
        return cause(failure) instanceof HookException said
                ? new StatusException(500, "", said.text(), StatusException.Details.NONE)
                : new CompletionException(cause(failure));
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause == null ? failure : cause;
    }
}
