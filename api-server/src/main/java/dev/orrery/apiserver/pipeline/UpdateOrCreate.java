package dev.orrery.apiserver.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.metadata.Metadata;
import dev.orrery.apiserver.request.ApiRequest;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.apiserver.store.ClusterState;

/** A PUT that makes the object where there is none, as a few kinds allow. */
record UpdateOrCreate(Update update, Body body) implements Change {

    @Override
    public Next next(ClusterState objects, ClusterState registry) {
        ApiRequest request = update.request();
        if (objects.get(request.key()) != null) {
            return update.next(objects, registry);
        }
        request.requireCreate(update.world().authorizer());
        return new Create(update.world(), request, this::named, false).next(objects, registry);
    }

    private ObjectNode named() {
        ObjectNode object = body.get();
        Metadata metadata = Metadata.of(object);
        Names.check(metadata, update.request());
        if (!metadata.text(Metadata.RESOURCE_VERSION).isEmpty()) {
            throw Refusals.notFound(update.request().kind().resource(), update.request().name());
        }
        return object;
    }
}
