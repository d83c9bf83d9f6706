package dev.orrery.acceptance.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.orrery.acceptance.RunningCluster;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What the controllers tell of their reconciles: how many, how long, and which were slowest. */
final class Reconciles {

    /** The controller-manager's port, counted from the api-server's. */
    private static final int PORT = 3;

    private static final int SLOWEST = 3;
    private static final ObjectMapper JSON = new ObjectMapper();

    private Reconciles() {}

    static String read(RunningCluster cluster) throws IOException {
        URI status = URI.create("http://127.0.0.1:" + (cluster.port() + PORT) + "/status");
        JsonNode figures;
        try (InputStream answer = status.toURL().openStream()) {
            figures = JSON.readTree(answer).path("figures");
        }
        StringBuilder text =
                new StringBuilder(
                        "%,.0f, p50 %.1f ms, p99 %.1f ms"
                                .formatted(
                                        figures.path("reconcile.count").asDouble(),
                                        figures.path("reconcile.p50").asDouble(),
                                        figures.path("reconcile.p99").asDouble()));
        slowest(figures)
                .forEach(loop ->
                        text.append(
                                "\n  p99 of %s: %.1f ms (of %,.0f)"
                                        .formatted(
                                                loop,
                                                p99(figures, loop),
                                                figures.path("reconcile." + loop + ".count")
                                                        .asDouble())));
        return text.toString();
    }

    private static List<String> slowest(JsonNode figures) {
        List<String> loops = new ArrayList<>();
        for (Map.Entry<String, JsonNode> figure : figures.properties()) {
            String[] words = figure.getKey().split("\\.");
            if (words.length == 3 && words[2].equals("p99")) {
                loops.add(words[1]);
            }
        }
        loops.sort(Comparator.comparingDouble((String loop) -> p99(figures, loop)).reversed());
        return loops.subList(0, Math.min(SLOWEST, loops.size()));
    }

    private static double p99(JsonNode figures, String loop) {
        return figures.path("reconcile." + loop + ".p99").asDouble();
    }
}
