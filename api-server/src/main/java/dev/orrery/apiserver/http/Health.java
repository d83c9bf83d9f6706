package dev.orrery.apiserver.http;

import dev.orrery.apiserver.ApiServer;
import dev.orrery.apiserver.request.ApiResponse;
import dev.orrery.apiserver.status.Refusals;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * {@code /livez}: the process answers. {@code /readyz} and {@code /healthz}: it reaches the log
 * too.
 */
final class Health {

    private static final Set<String> PATHS = Set.of("healthz", "livez", "readyz");
    private static final String TEXT = "text/plain; charset=utf-8";

    private Health() {}

    static boolean isPath(String path) {
        int end = path.indexOf('/', 1);
        return path.length() > 1
                && PATHS.contains(path.substring(1, end < 0 ? path.length() : end));
    }

    static CompletionStage<ApiResponse> check(
            ApiServer server, HttpRequest request, List<String> segments) {
        String which = segments.getFirst();
        String only = segments.size() > 1 ? segments.get(1) : "";
        if (segments.size() > 2 || !Set.of("", "ping", "log").contains(only)) {
            throw Refusals.noSuchPath();
        }
        if (which.equals("readyz") && server.isStopping()) {
            return CompletableFuture.completedFuture(
                    ServedDocuments.text(
                            500,
                            "[+]ping ok\n[-]shutdown failed: stopping\nreadyz check failed\n",
                            TEXT));
        }
        boolean asksLog = !which.equals("livez") && !only.equals("ping");
        CompletionStage<Boolean> log =
                asksLog
                        ? server.registry().newest().thenApply(_ -> true).exceptionally(_ -> false)
                        : CompletableFuture.completedFuture(true);
        return log.thenApply(reachable -> answer(which, asksLog, reachable, request));
    }

    private static ApiResponse answer(
            String which, boolean asksLog, boolean reachable, HttpRequest request) {
        if (reachable && !request.query().containsKey("verbose")) {
            return ServedDocuments.text(200, "ok", TEXT);
        }
        StringBuilder text = new StringBuilder("[+]ping ok\n");
        if (asksLog) {
            text.append(reachable ? "[+]log ok\n" : "[-]log failed: the log cannot be reached\n");
        }
        text.append(which).append(" check ").append(reachable ? "passed\n" : "failed\n");
        return ServedDocuments.text(reachable ? 200 : 500, text.toString(), TEXT);
    }
}
