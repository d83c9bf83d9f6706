package dev.orrery.apiserver.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.HashSet;
import java.util.Set;

/**
 * A pod in a few words, as {@code kubectl get pods} tells it: first why it does not initialise,
 * then what its containers wait for or ended with, then whether it is being deleted.
 *
 * @param ready running and ready containers, sidecars included
 * @param containers that there are to be, sidecars included
 * @param lastRestart a time, or missing
 */
record PodSummary(int ready, int containers, String reason, int restarts, JsonNode lastRestart) {

    static PodSummary of(JsonNode pod) {
        return new Teller(pod).tell();
    }

    /** Walks through the statuses once. */
    private static final class Teller {

        private final JsonNode pod;
        private final JsonNode status;
        private final Set<String> sidecars = new HashSet<>();
        private String reason;
        private int ready;
        private Restarts all = new Restarts();
        private final Restarts ofSidecars = new Restarts();

        Teller(JsonNode pod) {
            this.pod = pod;
            this.status = pod.path("status");
            this.reason = Texts.or(status.path("reason"), status.path("phase").asText(""));
            for (JsonNode container : pod.path("spec").path("initContainers")) {
                if (container.path("restartPolicy").asText("").equals("Always")) {
                    sidecars.add(container.path("name").asText(""));
                }
            }
        }

        PodSummary tell() {
            for (JsonNode condition : status.path("conditions")) {
                if (condition.path("type").asText("").equals("PodScheduled")
                        && condition.path("reason").asText("").equals("SchedulingGated")) {
                    reason = "SchedulingGated";
                }
            }
            boolean initializing = tellInitContainers();
            if (!initializing || Texts.holds(pod, "Initialized")) {
                all = ofSidecars;
                tellContainers();
            }
            tellDeletion();
            int containers = pod.path("spec").path("containers").size() + sidecars.size();
            return new PodSummary(ready, containers, reason, all.count, all.last);
        }

        /** Whether one of them has yet to do its part. */
        private boolean tellInitContainers() {
            JsonNode statuses = status.path("initContainerStatuses");
            for (int i = 0; i < statuses.size(); i++) {
                JsonNode container = statuses.get(i);
                all.add(container);
                boolean sidecar = sidecars.contains(container.path("name").asText(""));
                if (sidecar) {
                    ofSidecars.add(container);
                }
                JsonNode ended = container.path("state").path("terminated");
                if (ended.isObject() && ended.path("exitCode").asInt() == 0) {
                    continue;
                }
                if (sidecar && container.path("started").asBoolean()) {
                    ready += container.path("ready").asBoolean() ? 1 : 0;
                    continue;
                }
                reason = "Init:" + whyNotInitialized(container, i);
                return true;
            }
            return false;
        }

        private String whyNotInitialized(JsonNode container, int index) {
            JsonNode ended = container.path("state").path("terminated");
            if (ended.isObject()) {
                return end(ended);
            }
            String waits = container.path("state").path("waiting").path("reason").asText("");
            if (!waits.isEmpty() && !waits.equals("PodInitializing")) {
                return waits;
            }
            return index + "/" + pod.path("spec").path("initContainers").size();
        }

        private static String end(JsonNode ended) {
            String why = ended.path("reason").asText("");
            if (!why.isEmpty()) {
                return why;
            }
            int signal = ended.path("signal").asInt();
            return signal != 0 ? "Signal:" + signal : "ExitCode:" + ended.path("exitCode").asInt();
        }

        private void tellContainers() {
            JsonNode statuses = status.path("containerStatuses");
            boolean running = false;
            for (int i = statuses.size() - 1; i >= 0; i--) {
                JsonNode container = statuses.get(i);
                all.add(container);
                JsonNode state = container.path("state");
                String waits = state.path("waiting").path("reason").asText("");
                if (!waits.isEmpty()) {
                    reason = waits;
                } else if (state.path("terminated").isObject()) {
                    reason = end(state.path("terminated"));
                } else if (container.path("ready").asBoolean()
                        && state.path("running").isObject()) {
                    running = true;
                    ready++;
                }
            }
            if (reason.equals("Completed") && running) {
                reason = Texts.holds(pod, "Ready") ? "Running" : "NotReady";
            }
        }

        private void tellDeletion() {
            if (!Texts.isDeleted(pod)) {
                return;
            }
            String phase = status.path("phase").asText("");
            if (status.path("reason").asText("").equals("NodeLost")) {
                reason = "Unknown";
            } else if (!phase.equals("Succeeded") && !phase.equals("Failed")) {
                reason = "Terminating";
            }
        }
    }

    /** How often, and when last: times of one form compare as texts. */
    private static final class Restarts {
        private int count;
        private JsonNode last = MissingNode.getInstance();

        void add(JsonNode container) {
            count += container.path("restartCount").asInt();
            JsonNode ended = container.path("lastState").path("terminated").path("finishedAt");
            if (ended.isTextual() && last.asText("").compareTo(ended.textValue()) < 0) {
                last = ended;
            }
        }
    }
}
