package dev.orrery.acceptance.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.orrery.acceptance.Api;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Many small workloads at once, and one Job of many pods. */
final class Workloads {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final long POLL_MILLIS = 50;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";
    private static final String JOBS = "/apis/batch/v1/namespaces/default/jobs";

    private final Api api;

    Workloads(Api api) {
        this.api = api;
    }

    String deployments(int count, int replicas) throws Exception {
        long begin = System.nanoTime();
        List<Future<Buffer>> created = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            created.add(api.post(DEPLOYMENTS, deployment("many-" + i, replicas)));
        }
        Api.await(Future.all(created));
        await(() -> areReady(count, replicas));
        double seconds = (System.nanoTime() - begin) / 1e9;
        Api.await(api.send(HttpMethod.DELETE, DEPLOYMENTS, "application/json", Buffer.buffer()));
        await(this::arePodsGone);
        return "%.1f s, %,.0f Deployments/s, %,.0f pods/s"
                .formatted(seconds, count / seconds, count * replicas / seconds);
    }

    private boolean areReady(int count, int replicas) throws Exception {
        int ready = 0;
        for (JsonNode deployment : read(DEPLOYMENTS + "?resourceVersion=0").path("items")) {
            ready += deployment.path("status").path("readyReplicas").asInt() == replicas ? 1 : 0;
        }
        return ready == count;
    }

    private boolean arePodsGone() throws Exception {
        return read("/api/v1/namespaces/default/pods?limit=1").path("items").isEmpty();
    }

    String job(int completions, int parallelism) throws Exception {
        long begin = System.nanoTime();
        Api.await(api.post(JOBS, job("bench", completions, parallelism)));
        await(() ->
                read(JOBS + "/bench").path("status").path("succeeded").asInt() == completions
                        && !read(JOBS + "/bench")
                                .path("status")
                                .path("completionTime")
                                .isMissingNode());
        double seconds = (System.nanoTime() - begin) / 1e9;
        Api.await(
                api.send(
                        HttpMethod.DELETE,
                        JOBS + "/bench",
                        "application/json",
                        Buffer.buffer("{\"propagationPolicy\":\"Background\"}")));
        await(this::arePodsGone);
        return "%.1f s, %,.0f completions/s".formatted(seconds, completions / seconds);
    }

    private static void await(Callable<Boolean> done) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!done.call()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("it did not come to what was wanted in time");
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private JsonNode read(String path) throws Exception {
        return JSON.readTree(Api.await(api.get(path)).getBytes());
    }

    private static String deployment(String name, int replicas) {
        return """
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"%1$s"},
         "spec":{"replicas":%2$d,"selector":{"matchLabels":{"app":"%1$s"}},
          "template":{"metadata":{"labels":{"app":"%1$s"}},
           "spec":{"containers":[{"name":"nginx","image":"nginx:1.16"}]}}}}\
        """
                .formatted(name, replicas);
    }

    private static String job(String name, int completions, int parallelism) {
        return """
        {"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"%s"},
         "spec":{"completions":%d,"parallelism":%d,
          "template":{"spec":{"restartPolicy":"Never",
           "containers":[{"name":"work","image":"busybox:1.28","command":["true"]}]}}}}\
        """
                .formatted(name, completions, parallelism);
    }
}
