package dev.orrery.apiserver.pipeline;

import dev.orrery.apiserver.request.ApiRequest;
import dev.orrery.apiserver.request.Page;
import dev.orrery.apiserver.status.StatusException;
import dev.orrery.apiserver.store.Stored;
import dev.orrery.machinery.store.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Deletes what a list finds. */
final class Collections {

    private final World world;
    private final Reads reads;
    private final Writes writes;

    Collections(World world, Reads reads, Writes writes) {
        this.world = world;
        this.reads = reads;
        this.writes = writes;
    }

    /** Answers with what it deleted, as it was. */
    CompletionStage<Page> delete(ApiRequest request) {
        DeleteOptions options = DeleteOptions.of(world, request);
        ApiRequest effective = options.dryRun() ? request.asDryRun() : request;
        return reads.list(effective)
                .thenCompose(
                        page -> deleteAll(effective, options, page.items()).thenApply(_ -> page));
    }

    private CompletionStage<Void> deleteAll(
            ApiRequest request, DeleteOptions options, List<Stored> objects) {
        List<CompletableFuture<?>> deletions = new ArrayList<>();
        for (Stored object : objects) {
            ApiRequest one = request.about(object.key(), Verb.DELETE);
            deletions.add(
                    writes.write(one, new Delete(world, one, options))
                            .handle((_, failure) -> ignoreGone(failure))
                            .toCompletableFuture());
        }
        return CompletableFuture.allOf(deletions.toArray(CompletableFuture[]::new));
    }

    /** Somebody else was faster. */
    private static boolean ignoreGone(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause != null && !(cause instanceof StatusException refusal && refusal.code() == 404)) {
            throw new CompletionException(cause);
        }
        return true;
    }
}
