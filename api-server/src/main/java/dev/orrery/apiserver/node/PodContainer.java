package dev.orrery.apiserver.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.apiserver.status.StatusException;
import java.util.ArrayList;
import java.util.List;

/** Which container of a pod a request means, and which of its runs. Pure. */
final class PodContainer {

    private static final String RUNTIME = "containerd://";
    private static final List<String> LISTS =
            List.of("containers", "initContainers", "ephemeralContainers");

    private final JsonNode pod;
    private final String podName;
    private final String name;

    private PodContainer(JsonNode pod, String podName, String name) {
        this.pod = pod;
        this.podName = podName;
        this.name = name;
    }

    /**
     * @param wanted empty where the client does not say
     */
    static PodContainer of(JsonNode pod, String wanted) {
        String podName = pod.path("metadata").path("name").asText();
        JsonNode spec = pod.path("spec");
        if (wanted.isEmpty()) {
            return new PodContainer(pod, podName, only(spec, podName));
        }
        if (LISTS.stream().noneMatch(list -> names(spec.path(list)).contains(wanted))) {
            throw Refusals.badRequest("container " + wanted + " is not valid for pod " + podName);
        }
        return new PodContainer(pod, podName, wanted);
    }

    private static String only(JsonNode spec, String podName) {
        List<String> names = names(spec.path("containers"));
        if (names.size() == 1) {
            return names.getFirst();
        }
        List<String> first = names(spec.path("initContainers"));
        throw Refusals.badRequest(
                "a container name must be specified for pod "
                        + podName
                        + ", choose one of: ["
                        + String.join(" ", names)
                        + "]"
                        + (first.isEmpty()
                                ? ""
                                : " or one of the init containers: ["
                                        + String.join(" ", first)
                                        + "]"));
    }

    private static List<String> names(JsonNode containers) {
        List<String> names = new ArrayList<>();
        containers.forEach(container -> names.add(container.path("name").asText()));
        return names;
    }

    /** The id of the run whose log is asked for; refuses where there is none. */
    String run(boolean previous) {
        JsonNode status = status();
        if (status.isMissingNode()) {
            throw refused("is not available");
        }
        JsonNode state = status.path("state");
        String last = id(status.path("lastState").path("terminated"));
        if (previous) {
            return orRefuse(
                    last,
                    Refusals.badRequest(
                            "previous terminated container "
                                    + quoted(name)
                                    + " in pod "
                                    + quoted(podName)
                                    + " not found"));
        }
        if (state.has("running")) {
            return status.path("containerID").asText().replace(RUNTIME, "");
        }
        if (state.has("terminated")) {
            String ended = id(state.path("terminated"));
            return orRefuse(ended.isEmpty() ? last : ended, refused("is terminated"));
        }
        return orRefuse(last, refused(waiting(state)));
    }

    /** The id of the run that goes on; refuses where there is none. */
    String running() {
        JsonNode status = status();
        if (!status.path("state").has("running")) {
            throw Refusals.internal(
                    "unable to upgrade connection: container not found (" + quoted(name) + ")");
        }
        return status.path("containerID").asText().replace(RUNTIME, "");
    }

    private static String waiting(JsonNode state) {
        String reason = state.path("waiting").path("reason").asText("");
        return switch (reason) {
            case "" -> "is waiting to start - no logs yet";
            case "ErrImagePull" -> "is waiting to start: image can't be pulled";
            case "ImagePullBackOff" -> "is waiting to start: trying and failing to pull image";
            default -> "is waiting to start: " + reason;
        };
    }

    private static String orRefuse(String id, StatusException refusal) {
        if (id.isEmpty()) {
            throw refusal;
        }
        return id;
    }

    private StatusException refused(String why) {
        return Refusals.badRequest(
                "container " + quoted(name) + " in pod " + quoted(podName) + " " + why);
    }

    private JsonNode status() {
        JsonNode statuses = pod.path("status");
        for (String list :
                List.of(
                        "containerStatuses",
                        "initContainerStatuses",
                        "ephemeralContainerStatuses")) {
            for (JsonNode status : statuses.path(list)) {
                if (status.path("name").asText().equals(name)) {
                    return status;
                }
            }
        }
        return statuses.path("none");
    }

    private static String id(JsonNode terminated) {
        return terminated.path("containerID").asText("").replace(RUNTIME, "");
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }

    String name() {
        return name;
    }
}
