package dev.orrery.workbench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.store.Answer;
import dev.orrery.machinery.store.Call;
import dev.orrery.machinery.store.StoreUnavailableException;
import dev.orrery.machinery.store.Transport;
import dev.orrery.machinery.store.Verb;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Mistakes that a controller of StatefulSets or DaemonSets could make, played by changing what it
 * reads and writes.
 */
enum SetBug implements UnaryOperator<Surroundings>, CallTampering, TamperedInformers.Reading {

    /** Works by what happens and not by what there is: who misses it never notices. */
    MISSES_THAT_PODS_GO {
        @Override
        public boolean hears(@Nullable HasMetadata before, @Nullable HasMetadata after) {
            return !(before instanceof Pod) || after != null;
        }
    },

    /** Takes every pod that was ever started for one that serves. */
    COUNTS_EVERY_POD_AS_READY {
        @Override
        HasMetadata seen(HasMetadata object) {
            return object instanceof Pod pod && pod.getSpec().getNodeName() != null
                    ? ready(pod)
                    : object;
        }
    },

    CREATES_PODS_WITHOUT_AN_OWNER {
        @Override
        public Answer call(Call call, Transport next) {
            return next.call(
                    createsPod(call)
                            ? CallTampering.withBody(
                                    call,
                                    pod ->
                                            CallTampering.without(
                                                    pod, "metadata", "ownerReferences"))
                            : call);
        }
    },

    /** Gives a pod no time to end, as if it were certain that it has. */
    DELETES_PODS_AT_ONCE {
        @Override
        public Answer call(Call call, Transport next) {
            return next.call(
                    call.verb() == Verb.DELETE && call.resource().equals("pods")
                            ? CallTampering.withBody(
                                    call, options -> options.put("gracePeriodSeconds", 0))
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
                if (createsPod(call)) {
                    return next.call(call);
                }
                throw e;
            }
        }
    },

    /** Tells of pods before they are there. */
    WRITES_THE_STATUS_THAT_IT_HOPES_FOR {
        @Override
        public Answer call(Call call, Transport next) {
            boolean status =
                    call.subresource().equals("status") && call.resource().endsWith("sets");
            return next.call(status ? CallTampering.withBody(call, SetBug::hope) : call);
        }
    },

    FORGETS_ABOUT_PARTITIONS {
        @Override
        HasMetadata seen(HasMetadata object) {
            return object instanceof StatefulSet set
                    ? new StatefulSetBuilder(set)
                            .editSpec()
                            .editUpdateStrategy()
                            .editOrNewRollingUpdate()
                            .withPartition(0)
                            .endRollingUpdate()
                            .endUpdateStrategy()
                            .endSpec()
                            .build()
                    : object;
        }
    },

    TREATS_ROWS_AS_PARALLEL {
        @Override
        HasMetadata seen(HasMetadata object) {
            return object instanceof StatefulSet set
                    ? new StatefulSetBuilder(set)
                            .editSpec()
                            .withPodManagementPolicy("Parallel")
                            .endSpec()
                            .build()
                    : object;
        }
    },

    /** Puts daemons on nodes that no longer want them. */
    IGNORES_LABELS_OF_NODES {
        @Override
        HasMetadata seen(HasMetadata object) {
            return object instanceof Node node
                    ? new NodeBuilder(node)
                            .editMetadata()
                            .addToLabels("agent", "yes")
                            .endMetadata()
                            .build()
                    : object;
        }
    };

    @Override
    public Surroundings apply(Surroundings world) {
        return CallTampering.tamper(world, this, new TamperedInformers(world.informers(), this));
    }

    @Override
    public Answer call(Call call, Transport next) {
        return next.call(call);
    }

    @Override
    @SuppressWarnings("unchecked") // what is seen is of the kind of what there is
    public <T extends HasMetadata> T see(T object) {
        return (T) seen(object);
    }

    HasMetadata seen(HasMetadata object) {
        return object;
    }

    @Override
    public boolean hears(@Nullable HasMetadata before, @Nullable HasMetadata after) {
        return true;
    }

    private static boolean createsPod(Call call) {
        return call.verb() == Verb.CREATE
                && call.resource().equals("pods")
                && call.subresource().isEmpty();
    }

    private static Pod ready(Pod pod) {
        return new PodBuilder(pod)
                .editOrNewStatus()
                .withPhase("Running")
                .removeMatchingFromConditions(condition -> "Ready".equals(condition.getType()))
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .withLastTransitionTime(pod.getMetadata().getCreationTimestamp())
                .endCondition()
                .endStatus()
                .build();
    }

    private static ObjectNode hope(ObjectNode set) {
        ObjectNode status = set.withObject("/status");
        if (status.has("desiredNumberScheduled")) {
            status.set("numberReady", status.path("desiredNumberScheduled"));
            status.set("currentNumberScheduled", status.path("desiredNumberScheduled"));
        } else {
            status.set("readyReplicas", set.path("spec").path("replicas"));
        }
        return set;
    }
}
