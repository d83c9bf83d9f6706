package dev.orrery.apiserver.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.conversion.Conversions;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.pipeline.Change.Next;
import dev.orrery.apiserver.pipeline.Written.Effect;
import dev.orrery.apiserver.request.ApiRequest;
import dev.orrery.apiserver.rules.Claims;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.apiserver.status.StatusException;
import dev.orrery.apiserver.store.ClusterState;
import dev.orrery.apiserver.store.Outcome;
import dev.orrery.apiserver.store.Store;
import dev.orrery.machinery.log.ObjectKey;
import dev.orrery.machinery.log.WriteHeader;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The append stage: compare-and-set against the log until a change gets through or is refused. A
 * refusal counts only if it is founded on the newest state: another replica may know better.
 */
final class Writes {

    /** More lost races than any honest contention causes. */
    private static final int MAX_ATTEMPTS = 200;

    private final World world;

    Writes(World world) {
        this.world = world;
    }

    CompletionStage<Written> write(ApiRequest request, Change change) {
        CompletionStage<Written> written = new Attempt(request, change).first();
        return Conversions.mayAsk(request.kind())
                ? written.thenCompose(done -> shown(request.kind(), done))
                : written;
    }

    /** In the version of the request, where a webhook makes it. */
    private CompletionStage<Written> shown(Kind kind, Written written) {
        ObjectNode object = Trees.read(written.value());
        CompletionStage<ObjectNode> asked = world.conversions().converted(kind, object);
        return asked == null
                ? CompletableFuture.completedFuture(written)
                : asked.thenApply(shown -> written.with(Trees.store(shown)));
    }

    /** One request's way to its record. */
    private final class Attempt {

        private final ApiRequest request;
        private final Change change;
        private final Store objects;
        private final Store registry;
        private int lost;

        Attempt(ApiRequest request, Change change) {
            this.request = request;
            this.change = change;
            this.objects = world.store(request.kind());
            this.registry = world.stores().registry();
        }

        CompletionStage<Written> first() {
            ClusterState seen = objects.current();
            ClusterState seenRegistry = registryOr(seen);
            Next next;
            try {
                next = change.next(seen, seenRegistry);
            } catch (StatusException refusal) {
                return askAgain(seen, seenRegistry, refusal);
            }
            return take(next, seen, seenRegistry, true);
        }

        /**
         * @param mayAskAgain whether a refusal may be founded on a state that is not the newest
         */
        private CompletionStage<Written> take(
                Next next, ClusterState seen, ClusterState seenRegistry, boolean mayAskAgain) {
            if (!(next instanceof Next.Later(var asked, var rest))) {
                return append(next, seenRegistry);
            }
            return asked.thenComposeAsync(
                    _ -> {
                        Next more;
                        try {
                            more = rest.get();
                        } catch (StatusException refusal) {
                            if (mayAskAgain) {
                                return askAgain(seen, seenRegistry, refusal);
                            }
                            throw refusal;
                        }
                        return take(more, seen, seenRegistry, mayAskAgain);
                    },
                    world.executor());
        }

        private ClusterState registryOr(ClusterState state) {
            return objects.equals(registry) ? state : registry.current();
        }

        private CompletionStage<Written> askAgain(
                ClusterState seen, ClusterState seenRegistry, StatusException refusal) {
            return objects.newest()
                    .thenCombine(
                            registry.newest(),
                            (newest, newestRegistry) -> {
                                if (newest.resourceVersion() == seen.resourceVersion()
                                        && newestRegistry.resourceVersion()
                                                == seenRegistry.resourceVersion()) {
                                    throw refusal;
                                }
                                return take(
                                        change.next(newest, newestRegistry),
                                        newest,
                                        newestRegistry,
                                        false);
                            })
                    .thenCompose(written -> written);
        }

        private CompletionStage<Written> append(Next next, ClusterState state) {
            return switch (next) {
                case Next.Keep(var current) ->
                        done(
                                current.key(),
                                current.value(),
                                current.resourceVersion(),
                                Effect.UNCHANGED);
                case Next.Put(var key, long prev, byte[] value) -> {
                    Effect effect = prev == 0 ? Effect.CREATED : Effect.UPDATED;
                    yield request.isDryRun()
                            ? done(key, value, prev, effect)
                            : append(key, prev, value, value, effect, state);
                }
                case Next.Remove(var key, long prev, byte[] last) ->
                        request.isDryRun()
                                ? done(key, last, prev, Effect.REMOVED)
                                : append(key, prev, null, last, Effect.REMOVED, state);
                case Next.Later _ -> throw new IllegalStateException("not waited for");
            };
        }

        private CompletionStage<Written> append(
                ObjectKey key,
                long prev,
                byte @Nullable [] value,
                byte[] shown,
                Effect effect,
                ClusterState state) {
            Claims claims = world.stored(request.kind()).rules().claims();
            if (claims.equals(Claims.NONE)) {
                return send(key, value, prev)
                        .thenCompose(outcome -> outcome(outcome, key, shown, effect));
            }
            Holdings holdings =
                    Holdings.between(
                            claims,
                            state.get(key),
                            value,
                            world.clock().instant(),
                            registry,
                            this::header);
            return holdings.take(state)
                    .thenCompose(taken ->
                            taken
                                    ? send(key, value, prev)
                                    : CompletableFuture.completedFuture(new Outcome.Lost()))
                    .thenCompose(outcome -> holdings.settle(outcome))
                    .thenCompose(outcome -> outcome(outcome, key, shown, effect));
        }

        private CompletionStage<Outcome> send(ObjectKey key, byte @Nullable [] value, long prev) {
            WriteHeader header = header(prev);
            return objects.write(key, value, header)
                    .thenApply(outcome -> {
                        Instant now = world.clock().instant();
                        world.metrics().written(Duration.between(header.time(), now));
                        return outcome;
                    });
        }

        private CompletionStage<Written> outcome(
                Outcome outcome, ObjectKey key, byte[] shown, Effect effect) {
            return switch (outcome) {
                case Outcome.Won(long version) -> done(key, shown, version, effect);
                case Outcome.Lost() -> retry(key);
            };
        }

        private CompletionStage<Written> retry(ObjectKey key) {
            if (++lost == MAX_ATTEMPTS) {
                return CompletableFuture.failedFuture(
                        Refusals.conflict(
                                request.kind().resource(),
                                key.name(),
                                "the object is changed by others all the time"));
            }
            return CompletableFuture.supplyAsync(this::first, world.executor())
                    .thenCompose(again -> again);
        }

        private WriteHeader header(long prev) {
            return new WriteHeader(
                    prev,
                    world.identities().writeId(),
                    request.userAgent().isEmpty()
                            ? request.user().name()
                            : request.user().name() + " " + request.userAgent(),
                    request.origin().cause(),
                    request.origin().seen(),
                    request.origin().traceparent(),
                    world.clock().instant());
        }
    }

    private static CompletionStage<Written> done(
            ObjectKey key, byte[] value, long version, Effect effect) {
        return CompletableFuture.completedFuture(new Written(key, value, version, effect));
    }
}
