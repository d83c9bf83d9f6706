package dev.orrery.workbench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.store.Answer;
import dev.orrery.machinery.store.ApiException;
import dev.orrery.machinery.store.Call;
import dev.orrery.machinery.store.Json;
import dev.orrery.machinery.store.Path;
import dev.orrery.machinery.store.Snapshot;
import dev.orrery.machinery.store.StoreClient;
import dev.orrery.machinery.store.StoreUnavailableException;
import dev.orrery.machinery.store.Transport;
import dev.orrery.machinery.store.Verb;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Mistakes that a job controller could make, played by changing what it writes. */
enum PlantedBug implements UnaryOperator<Surroundings> {

    /** Pods are not held on to: one that is deleted, or whose record is missed, is lost. */
    PODS_WITHOUT_FINALIZER {
        @Override
        Answer call(Call call, Transport next) {
            return next.call(
                    call.verb() == Verb.CREATE && call.resource().equals("pods")
                            ? withBody(call, pod -> without(pod, "metadata", "finalizers"))
                            : call);
        }
    },

    /** A creation that got no answer is done again at once. */
    CREATES_AGAIN_AFTER_A_LOST_ANSWER {
        @Override
        Answer call(Call call, Transport next) {
            try {
                return next.call(call);
            } catch (StoreUnavailableException e) {
                if (call.verb() == Verb.CREATE && call.resource().equals("pods")) {
                    return next.call(call);
                }
                throw e;
            }
        }
    },

    /** Figures are written without the names of the pods that they stand for. */
    COUNTS_WITHOUT_NAMES {
        @Override
        Answer call(Call call, Transport next) {
            return next.call(isStatus(call) ? withBody(call, PlantedBug::countNames) : call);
        }
    },

    /** Pods are let go of although the status that names them was refused. */
    LETS_GO_WHATEVER_THE_STATUS {
        @Override
        Answer call(Call call, Transport next) {
            Answer answer = next.call(call);
            return isStatus(call) && !answer.isSuccess()
                    ? new Answer(200, call.body(), answer.resourceVersion())
                    : answer;
        }
    },

    /** The names stay in the status when their number is added to the figures. */
    FORGETS_TO_TAKE_NAMES_OFF {
        @Override
        Answer call(Call call, Transport next) {
            return next.call(isStatus(call) ? withBody(call, PlantedBug::countTwice) : call);
        }
    };

    abstract Answer call(Call call, Transport next);

    @Override
    public Surroundings apply(Surroundings world) {
        Transport next = new Through(world.store());
        Transport tampering = new Tampering(this, next);
        return new Surroundings(
                world.clock(),
                world.executor(),
                world.random(),
                new StoreClient(tampering),
                world.informers(),
                world.events());
    }

    private static boolean isStatus(Call call) {
        return call.subresource().equals("status") && call.resource().equals("jobs");
    }

    private static Call withBody(Call call, UnaryOperator<ObjectNode> change) {
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

    private static ObjectNode without(ObjectNode object, String part, String field) {
        object.withObject("/" + part).remove(field);
        return object;
    }

    private static ObjectNode countNames(ObjectNode job) {
        countTwice(job);
        return without(job, "status", "uncountedTerminatedPods");
    }

    private static ObjectNode countTwice(ObjectNode job) {
        ObjectNode status = job.withObject("/status");
        JsonNode named = status.path("uncountedTerminatedPods");
        for (String figure : Set.of("succeeded", "failed")) {
            status.put(figure, status.path(figure).asInt() + named.path(figure).size());
        }
        return job;
    }

    private record Tampering(PlantedBug bug, Transport next) implements Transport {

        @Override
        public Answer call(Call call) {
            return bug.call(call, next);
        }

        @Override
        public Snapshot snapshot(Set<GroupResource> resources) {
            return next.snapshot(resources);
        }
    }

    /** The store that the controller would have had. */
    private record Through(StoreClient store) implements Transport {

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
                return store.send(
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
