package dev.orrery.workbench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.informer.Informers;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.store.Answer;
import dev.orrery.machinery.store.ApiException;
import dev.orrery.machinery.store.Call;
import dev.orrery.machinery.store.Json;
import dev.orrery.machinery.store.Path;
import dev.orrery.machinery.store.Snapshot;
import dev.orrery.machinery.store.StoreClient;
import dev.orrery.machinery.store.Transport;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Changes what a controller writes, or what it hears of it. */
interface CallTampering {

    /** Changes nothing: what goes wrong with it is the tampering's own fault. */
    UnaryOperator<Surroundings> NONE =
            world -> tamper(world, (call, next) -> next.call(call), world.informers());

    Answer call(Call call, Transport next);

    /** The same surroundings but for their store, and for what is read. */
    static Surroundings tamper(Surroundings world, CallTampering calls, Informers informers) {
        Transport tampering = new Tampering(calls, new Through(world.store()));
        return new Surroundings(
                world.clock(),
                world.executor(),
                world.random(),
                new StoreClient(tampering),
                informers,
                world.events());
    }

    static Call withBody(Call call, UnaryOperator<ObjectNode> change) {
        byte[] body = Json.write(change.apply(Json.read(call.body(), ObjectNode.class)));
        return new Call(
                call.verb(),
                call.group(),
                call.version(),
                call.resource(),
                call.subresource(),
                call.namespace(),
                call.name(),
                body,
                call.contentType(),
                call.options(),
                call.actingAs(),
                call.origin());
    }

    static ObjectNode without(ObjectNode object, String part, String field) {
        object.withObject("/" + part).remove(field);
        return object;
    }

    record Tampering(CallTampering calls, Transport next) implements Transport {

        @Override
        public Answer call(Call call) {
            return calls.call(call, next);
        }

        @Override
        public Snapshot snapshot(Set<GroupResource> resources) {
            return next.snapshot(resources);
        }
    }

    /** The store that the controller would have had. */
    record Through(StoreClient store) implements Transport {

        @Override
        public Answer call(Call call) {
            Path path =
                    new Path(
                            call.group(),
                            call.version(),
                            call.resource(),
                            call.namespace(),
                            call.name());
            try {
                return store.actingAs(call.actingAs())
                        .send(
                                call.verb(),
                                path,
                                call.subresource(),
                                call.body(),
                                call.contentType(),
                                call.options());
            } catch (ApiException e) {
                return new Answer(e.status().getCode(), Json.write(e.status()), 0);
            }
        }

        @Override
        public Snapshot snapshot(Set<GroupResource> resources) {
            throw new UnsupportedOperationException("only informers take snapshots");
        }
    }
}
