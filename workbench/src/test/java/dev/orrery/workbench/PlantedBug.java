package dev.orrery.workbench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.store.Answer;
import dev.orrery.machinery.store.Call;
import dev.orrery.machinery.store.StoreUnavailableException;
import dev.orrery.machinery.store.Transport;
import dev.orrery.machinery.store.Verb;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Mistakes that a job controller could make, played by changing what it writes. */
enum PlantedBug implements UnaryOperator<Surroundings>, CallTampering {

    /** Pods are not held on to: one that is deleted, or whose record is missed, is lost. */
    PODS_WITHOUT_FINALIZER {
        @Override
        public Answer call(Call call, Transport next) {
            return next.call(
                    call.verb() == Verb.CREATE && call.resource().equals("pods")
                            ? CallTampering.withBody(
                                    call,
                                    pod -> CallTampering.without(pod, "metadata", "finalizers"))
                            : call);
        }
    },

    /** A creation that got no answer is done again at once. */
    CREATES_AGAIN_AFTER_A_LOST_ANSWER {
        @Override
        public Answer call(Call call, Transport next) {
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
        public Answer call(Call call, Transport next) {
            return next.call(
                    isStatus(call) ? CallTampering.withBody(call, PlantedBug::countNames) : call);
        }
    },

    /** Pods are let go of although the status that names them was refused. */
    LETS_GO_WHATEVER_THE_STATUS {
        @Override
        public Answer call(Call call, Transport next) {
            Answer answer = next.call(call);
            return isStatus(call) && !answer.isSuccess()
                    ? new Answer(200, call.body(), answer.resourceVersion())
                    : answer;
        }
    },

    /** The names stay in the status when their number is added to the figures. */
    FORGETS_TO_TAKE_NAMES_OFF {
        @Override
        public Answer call(Call call, Transport next) {
            return next.call(
                    isStatus(call) ? CallTampering.withBody(call, PlantedBug::countTwice) : call);
        }
    };

    @Override
    public Surroundings apply(Surroundings world) {
        return CallTampering.tamper(world, this, world.informers());
    }

    private static boolean isStatus(Call call) {
        return call.subresource().equals("status") && call.resource().equals("jobs");
    }

    private static ObjectNode countNames(ObjectNode job) {
        countTwice(job);
        return CallTampering.without(job, "status", "uncountedTerminatedPods");
    }

    private static ObjectNode countTwice(ObjectNode job) {
        ObjectNode status = job.withObject("/status");
        JsonNode named = status.path("uncountedTerminatedPods");
        for (String figure : Set.of("succeeded", "failed")) {
            status.put(figure, status.path(figure).asInt() + named.path(figure).size());
        }
        return job;
    }
}
