package dev.orrery.apiserver.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.metadata.Metadata;
import dev.orrery.apiserver.request.ApiRequest;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.apiserver.store.ClusterState;

/** Server-side apply: it makes the object where there is none. */
record ApplyOrCreate(Update update, Applying applying) implements Change {

    @Override
    public Next next(ClusterState objects, ClusterState registry) {
        ApiRequest request = update.request();
        if (objects.get(request.key()) != null || !request.subresource().isEmpty()) {
            return update.next(objects, registry);
        }
        request.requireCreate(update.world().authorizer());
        return new Create(update.world(), request, this::made, true).next(objects, registry);
    }

    private ObjectNode made() {
        ApiRequest request = update.request();
        ObjectNode object = applying.make();
        Metadata metadata = Metadata.of(object);
        if (!metadata.uid().isEmpty()) {
            throw Refusals.conflict(
                    request.kind().resource(),
                    request.name(),
                    "uid mismatch: the provided object specified uid "
                            + metadata.uid()
                            + ", and no existing object was found");
        }
        Names.check(metadata, request);
        return object;
    }
}
