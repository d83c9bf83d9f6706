package dev.orrery.apiserver.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.metadata.Times;
import dev.orrery.apiserver.rules.Defaults;
import dev.orrery.apiserver.rules.Labels;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.apiserver.status.StatusException;
import dev.orrery.apiserver.status.StatusException.Cause;
import dev.orrery.apiserver.status.StatusException.Details;
import dev.orrery.apiserver.store.ClusterState;
import dev.orrery.apiserver.store.Stored;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.ObjectKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What disruption budgets say to the eviction of a pod. */
final class Budgets {

    static final GroupResource BUDGETS = new GroupResource("policy", "poddisruptionbudgets");

    private static final String ALLOWED = "DisruptionAllowed";

    /** As in Kubernetes; so many evictions that the controller has not seen are one too many. */
    private static final int MOST_DISRUPTED_PODS = 2000;

    private Budgets() {}

    /** The budget that covers a pod; more than one is more than Kubernetes can weigh. */
    static Optional<ObjectKey> of(ClusterState state, String namespace, JsonNode pod) {
        JsonNode labels = pod.path("metadata").path("labels");
        List<ObjectKey> matching =
                state.list(BUDGETS, namespace).stream()
                        .filter(stored -> covers(stored, labels))
                        .map(Stored::key)
                        .toList();
        if (matching.size() > 1) {
            throw Refusals.internal(
                    "This pod has more than one PodDisruptionBudget, which the eviction subresource"
                            + " does not support.");
        }
        return matching.stream().findFirst();
    }

    private static boolean covers(Stored stored, JsonNode labels) {
        JsonNode selector = Trees.read(stored.value()).path("spec").path("selector");
        return !selector.isMissingNode() && Labels.matches(selector, labels);
    }

    /**
     * Takes the pod off what may be disrupted. Changes the budget.
     *
     * @return false where the pod is not ready anyway and costs nothing
     */
    static boolean pay(ObjectNode budget, JsonNode pod, Instant now) {
        if (!isReady(pod) && mayGoUnready(budget)) {
            return false;
        }
        JsonNode status = budget.path("status");
        String name = budget.path("metadata").path("name").asText();
        if (status.path("observedGeneration").asLong()
                < budget.path("metadata").path("generation").asLong()) {
            throw stillProcessed(name);
        }
        int allowed = status.path("disruptionsAllowed").asInt();
        if (allowed < 0) {
            throw Refusals.forbidden(BUDGETS, name, "pdb disruptions allowed is negative");
        }
        if (status.path("disruptedPods").size() > MOST_DISRUPTED_PODS) {
            throw Refusals.forbidden(
                    BUDGETS,
                    name,
                    "DisruptedPods map too big - too many evictions not confirmed by PDB"
                            + " controller");
        }
        if (allowed == 0) {
            throw refused(whyNone(name, status));
        }
        ObjectNode paid = budget.withObjectProperty("status");
        paid.put("disruptionsAllowed", allowed - 1);
        paid.withObjectProperty("disruptedPods")
                .put(pod.path("metadata").path("name").asText(), Times.text(now));
        if (allowed == 1) {
            sayInsufficient(paid, now);
        }
        return true;
    }

    /** The budget has changed, or the pod has, since what is known of it was found out. */
    static StatusException stillProcessed(String budget) {
        return refused(
                        "The disruption budget "
                                + budget
                                + " is still being processed by the server.")
                .withRetryAfter(10);
    }

    private static String whyNone(String name, JsonNode status) {
        for (JsonNode condition : status.path("conditions")) {
            if (condition.path("type").asText().equals(ALLOWED)
                    && condition.path("reason").asText().equals("SyncFailed")) {
                return "The disruption budget "
                        + name
                        + " does not allow evicting pods currently because it failed sync: "
                        + condition.path("message").asText();
            }
        }
        return "The disruption budget "
                + name
                + " needs "
                + status.path("desiredHealthy").asInt()
                + " healthy pods and has "
                + status.path("currentHealthy").asInt()
                + " currently";
    }

    private static void sayInsufficient(ObjectNode status, Instant now) {
        for (ObjectNode condition : Defaults.objects(status, "conditions")) {
            if (condition.path("type").asText().equals(ALLOWED)) {
                condition
                        .put("status", "False")
                        .put("reason", "InsufficientPods")
                        .put("lastTransitionTime", Times.text(now));
            }
        }
    }

    private static boolean mayGoUnready(JsonNode budget) {
        if (budget.path("spec")
                .path("unhealthyPodEvictionPolicy")
                .asText("")
                .equals("AlwaysAllow")) {
            return true;
        }
        int healthy = budget.path("status").path("currentHealthy").asInt();
        int desired = budget.path("status").path("desiredHealthy").asInt();
        return desired > 0 && healthy >= desired;
    }

    static boolean isReady(JsonNode pod) {
        for (JsonNode condition : pod.path("status").path("conditions")) {
            if (condition.path("type").asText().equals("Ready")) {
                return condition.path("status").asText().equals("True");
            }
        }
        return false;
    }

    private static StatusException refused(String why) {
        return new StatusException(
                429,
                "TooManyRequests",
                "Cannot evict pod as it would violate the pod's disruption budget.",
                Details.NONE.withCauses(List.of(new Cause("DisruptionBudget", why, ""))));
    }
}
