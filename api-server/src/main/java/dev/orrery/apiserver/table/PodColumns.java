package dev.orrery.apiserver.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;

/** The columns of pods. */
final class PodColumns implements Columns {

    private static final List<Column> COLUMNS =
            List.of(
                    new Column("Name", "string", "name", "The name of the object.", 0),
                    column("Ready", "How many of the containers are ready.", 0),
                    column("Status", "What the containers, taken together, are doing.", 0),
                    column("Restarts", "How often containers restarted, and when last.", 0),
                    column("Age", "How long ago the object was created.", 0),
                    column("IP", "The address of the pod.", 1),
                    column("Node", "The node that the pod is bound to.", 1),
                    column("Nominated Node", "The node that is being made free for it.", 1),
                    column("Readiness Gates", "How many of its further conditions hold.", 1));

    private static Column column(String name, String description, int priority) {
        return new Column(name, "string", "", description, priority);
    }

    @Override
    public List<Column> columns() {
        return COLUMNS;
    }

    @Override
    public List<Object> cells(JsonNode pod, Instant now) {
        PodSummary summary = PodSummary.of(pod);
        JsonNode status = pod.path("status");
        return List.of(
                Layout.name(pod),
                summary.ready() + "/" + summary.containers(),
                summary.reason(),
                restarts(summary, now),
                Age.of(pod.path("metadata").path("creationTimestamp"), now),
                Texts.orNone(status.path("podIPs").path(0).path("ip")),
                Texts.orNone(pod.path("spec").path("nodeName")),
                Texts.orNone(status.path("nominatedNodeName")),
                readinessGates(pod));
    }

    private static String restarts(PodSummary summary, Instant now) {
        if (summary.restarts() == 0 || summary.lastRestart().isMissingNode()) {
            return String.valueOf(summary.restarts());
        }
        return summary.restarts() + " (" + Age.of(summary.lastRestart(), now) + " ago)";
    }

    private static String readinessGates(JsonNode pod) {
        JsonNode gates = pod.path("spec").path("readinessGates");
        if (gates.isEmpty()) {
            return Texts.NONE;
        }
        int open = 0;
        for (JsonNode gate : gates) {
            open += Texts.holds(pod, gate.path("conditionType").asText("")) ? 1 : 0;
        }
        return open + "/" + gates.size();
    }
}
