package dev.orrery.apiserver.table;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.machinery.resource.Quantity;

/** What nodes and pods use. */
final class MetricsTables {

    static final Columns NODE =
            Layout.named()
                    .text(
                            "cpu",
                            "Cores that it uses.",
                            node -> node.path("usage").path("cpu").asText())
                    .text(
                            "memory",
                            "Memory that it uses.",
                            node -> node.path("usage").path("memory").asText())
                    .text("Window", "How long it was measured.", "/window");

    static final Columns POD =
            Layout.named()
                    .text("cpu", "Cores that it uses.", pod -> sum(pod, "cpu"))
                    .text("memory", "Memory that it uses.", pod -> sum(pod, "memory"))
                    .text("Window", "How long it was measured.", "/window");

    private MetricsTables() {}

    private static String sum(JsonNode pod, String resource) {
        Quantity sum = Quantity.ZERO;
        for (JsonNode container : pod.path("containers")) {
            sum = sum.plus(Quantity.of(container.path("usage").path(resource)));
        }
        return sum.toString();
    }
}
