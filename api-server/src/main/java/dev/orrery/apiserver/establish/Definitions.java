package dev.orrery.apiserver.establish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.custom.CustomKinds;
import dev.orrery.apiserver.definition.AcceptedNames;
import dev.orrery.apiserver.definition.Definition;
import dev.orrery.apiserver.definition.Removal;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.pipeline.Change;
import dev.orrery.apiserver.pipeline.Change.Next;
import dev.orrery.apiserver.pipeline.Delete;
import dev.orrery.apiserver.pipeline.DeleteOptions;
import dev.orrery.apiserver.pipeline.Draft;
import dev.orrery.apiserver.pipeline.Pipeline;
import dev.orrery.apiserver.pipeline.World;
import dev.orrery.apiserver.request.ApiRequest;
import dev.orrery.apiserver.rules.Same;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.apiserver.store.ClusterState;
import dev.orrery.apiserver.store.Stored;
import dev.orrery.machinery.log.ObjectKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/** The writes by which a definition comes into effect, and by which it goes. */
final class Definitions {

    private final World world;
    private final Pipeline pipeline;

    Definitions(World world, Pipeline pipeline) {
        this.world = world;
        this.pipeline = pipeline;
    }

    /** Whether nothing is left to do until the definition changes. */
    CompletionStage<Boolean> bringUpToDate(String name) {
        ObjectKey key = new ObjectKey(Definition.RESOURCE, "", name);
        Stored stored = world.stores().registry().current().get(key);
        if (stored == null) {
            return CompletableFuture.completedFuture(true);
        }
        Definition definition = Definition.of(Trees.read(stored.value()));
        if (definition.holdsObjects()) {
            return remove(key, definition);
        }
        return write(
                        key,
                        (object, state) ->
                                AcceptedNames.decide(object, group(object, state), now()))
                .thenApply(_ -> true);
    }

    private Instant now() {
        return world.clock().instant();
    }

    private static Collection<JsonNode> group(ObjectNode definition, ClusterState state) {
        String group = Definition.of(definition).group();
        List<JsonNode> members = new ArrayList<>();
        for (Stored other : state.list(Definition.RESOURCE)) {
            if (other.key().name().endsWith("." + group)) {
                members.add(Trees.read(other.value()));
            }
        }
        return members;
    }

    private CompletionStage<Boolean> remove(ObjectKey key, Definition definition) {
        if (!definition.isEstablished()) {
            return write(key, (object, _) -> Removal.finish(object, now())).thenApply(_ -> true);
        }
        return write(key, (object, _) -> Removal.proceed(object, now()))
                .thenCompose(_ -> empty(definition))
                .thenCompose(_ -> world.stores().registry().newest())
                .thenCompose(state -> {
                    if (!state.list(definition.storage()).isEmpty()) {
                        return CompletableFuture.completedFuture(false);
                    }
                    return write(key, (object, _) -> Removal.finish(object, now()))
                            .thenApply(_ -> true);
                });
    }

    private CompletionStage<Void> empty(Definition definition) {
        List<CompletableFuture<?>> deletions = new ArrayList<>();
        for (Stored object : world.stores().registry().current().list(definition.storage())) {
            Kind kind = CustomKinds.storing(definition, object);
            ApiRequest request = Own.delete(kind, object.key().namespace(), object.key().name());
            deletions.add(
                    pipeline.write(request, new Delete(world, request, DeleteOptions.NONE))
                            .handle((_, failure) -> Own.unlessGone(failure))
                            .toCompletableFuture());
        }
        return CompletableFuture.allOf(deletions.toArray(CompletableFuture[]::new));
    }

    /** A definition that has gone meanwhile is left alone. */
    private CompletionStage<?> write(ObjectKey key, BiConsumer<ObjectNode, ClusterState> edit) {
        Kind kind = world.kinds().at(key.resource().group(), "v1", key.resource().resource());
        if (kind == null) {
            throw new IllegalStateException("definitions are not served");
        }
        Change change = (_, state) -> next(key, kind, state, edit);
        return pipeline.write(Own.update(kind, key.name()), change)
                .handle((_, failure) -> Own.unlessGone(failure));
    }

    private Next next(
            ObjectKey key,
            Kind kind,
            ClusterState state,
            BiConsumer<ObjectNode, ClusterState> edit) {
        Stored current = state.get(key);
        if (current == null) {
            throw Refusals.notFound(kind.resource(), key.name());
        }
        ObjectNode old = Trees.read(current.value());
        ObjectNode object = old.deepCopy();
        edit.accept(object, state);
        if (Same.same(old, object)) {
            return new Next.Keep(current);
        }
        byte[] value = Draft.store(world, object);
        boolean gone =
                Definition.of(object).isDeleting()
                        && object.path("metadata").path("finalizers").isEmpty();
        return gone
                ? new Next.Remove(key, current.resourceVersion(), value)
                : new Next.Put(key, current.resourceVersion(), value);
    }
}
