package dev.orrery.apiserver.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.admission.Attributes;
import dev.orrery.apiserver.admission.Operation;
import dev.orrery.apiserver.metadata.Metadata;
import dev.orrery.apiserver.pipeline.Change.Next;
import dev.orrery.apiserver.request.ApiRequest;
import dev.orrery.apiserver.rules.Same;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.apiserver.store.ClusterState;
import dev.orrery.apiserver.store.Stored;

/** The end of an object, or the beginning of it. */
public record Delete(World world, ApiRequest request, DeleteOptions options) implements Change {

    @Override
    public Next next(ClusterState objects, ClusterState registry) {
        Stored current = objects.get(request.key());
        if (current == null) {
            throw Refusals.notFound(request.kind().resource(), request.name());
        }
        return Next.with(
                world.conversions().shown(request.kind(), current),
                current,
                shown -> delete(current, Draft.current(shown, request.kind()), registry));
    }

    private Next delete(Stored current, ObjectNode old, ClusterState registry) {
        options.checkPreconditions(request, current, Metadata.of(old).uid());
        Attributes attributes = attributes(registry, old);
        return Next.after(
                world.admission().mutate(attributes),
                () ->
                        Next.after(
                                world.admission().validate(attributes),
                                () -> admitted(current, old)));
    }

    private Next admitted(Stored current, ObjectNode old) {
        ObjectNode object = old.deepCopy();
        Deletions.mark(world.stored(request.kind()), object, options, world.clock().instant());
        if (Deletions.isComplete(object)) {
            return new Next.Remove(
                    current.key(),
                    current.resourceVersion(),
                    Draft.last(world, request.kind(), object));
        }
        return Same.same(object, old)
                ? new Next.Keep(current)
                : Draft.put(
                        world,
                        request.kind(),
                        object,
                        value -> new Next.Put(current.key(), current.resourceVersion(), value));
    }

    private Attributes attributes(ClusterState registry, ObjectNode old) {
        return new Attributes(
                registry,
                Operation.DELETE,
                request.kind(),
                "",
                request.namespace(),
                request.name(),
                null,
                old,
                request.user(),
                options.dryRun(),
                world.clock().instant(),
                world.identities().random(),
                () -> Options.of(request, options),
                request.notices(),
                new Permissions(world.authorizer()));
    }
}
