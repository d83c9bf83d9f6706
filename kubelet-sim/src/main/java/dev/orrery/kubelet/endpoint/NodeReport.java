package dev.orrery.kubelet.endpoint;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.machinery.store.Json;
import io.fabric8.kubernetes.api.model.ContainerStateRunning;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.PodListBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What a kubelet tells of its node. Nothing is measured here, so there is nothing to be told of use
 * beyond who runs and since when.
 *
 * @param pods of the node, as the API has them
 */
record NodeReport(String node, Supplier<Collection<Pod>> pods) {

    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String JSON = "application/json";
    private static final Set<String> READS = Set.of("GET", "HEAD");

    record Page(int status, String reason, String type, String text) {

        static Page of(String type, String text) {
            return new Page(200, "OK", type, text);
        }
    }

    Page answer(String method, String path) {
        if (!READS.contains(method)) {
            return new Page(405, "Method Not Allowed", TEXT, "405: Method Not Allowed");
        }
        return switch (path.length() > 1 ? path.replaceAll("/+$", "") : path) {
            case "/healthz", "/healthz/ping", "/healthz/log", "/healthz/syncloop" ->
                    Page.of(TEXT, "ok");
            case "/pods" -> Page.of(JSON, podList());
            case "/stats/summary" -> Page.of(JSON, summary().toString());
            case "/metrics/resource" -> Page.of("text/plain; version=0.0.4", metrics());
            default -> new Page(404, "Not Found", TEXT, "404 page not found\n");
        };
    }

    private String podList() {
        PodList list = new PodListBuilder().withItems(new ArrayList<>(pods.get())).build();
        return new String(Json.write(list), StandardCharsets.UTF_8);
    }

    private ObjectNode summary() {
        ObjectNode summary = JsonNodeFactory.instance.objectNode();
        summary.putObject("node").put("nodeName", node);
        ArrayNode all = summary.putArray("pods");
        for (Pod pod : pods.get()) {
            ObjectNode each = all.addObject();
            each.putObject("podRef")
                    .put("name", pod.getMetadata().getName())
                    .put("namespace", pod.getMetadata().getNamespace())
                    .put("uid", pod.getMetadata().getUid());
            ArrayNode containers = each.putArray("containers");
            running(pod)
                    .forEach(status ->
                            containers
                                    .addObject()
                                    .put("name", status.getName())
                                    .put(
                                            "startTime",
                                            status.getState().getRunning().getStartedAt()));
        }
        return summary;
    }

    private String metrics() {
        StringBuilder text = new StringBuilder();
        text.append(
                        "# HELP container_start_time_seconds [STABLE] Start time of the container since")
                .append(" unix epoch in seconds\n# TYPE container_start_time_seconds gauge\n");
        for (Pod pod : pods.get()) {
            for (ContainerStatus status : running(pod)) {
                text.append("container_start_time_seconds{container=\"")
                        .append(status.getName())
                        .append("\",namespace=\"")
                        .append(pod.getMetadata().getNamespace())
                        .append("\",pod=\"")
                        .append(pod.getMetadata().getName())
                        .append("\"} ")
                        .append(seconds(status.getState().getRunning()))
                        .append('\n');
            }
        }
        return text.append("# HELP resource_scrape_error [STABLE] 1 if there was an error while")
                .append(" getting container metrics, 0 otherwise\n")
                .append("# TYPE resource_scrape_error gauge\nresource_scrape_error 0\n")
                .toString();
    }

    private static long seconds(ContainerStateRunning running) {
        return Instant.parse(running.getStartedAt()).getEpochSecond();
    }

    private static List<ContainerStatus> running(Pod pod) {
        return pod.getStatus() == null
                ? List.of()
                : pod.getStatus().getContainerStatuses().stream()
                        .filter(each -> each.getState() != null)
                        .filter(each -> each.getState().getRunning() != null)
                        .filter(each -> each.getState().getRunning().getStartedAt() != null)
                        .toList();
    }
}
