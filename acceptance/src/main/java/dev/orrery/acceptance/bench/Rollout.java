package dev.orrery.acceptance.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.orrery.acceptance.Api;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.time.Duration;

/** A Deployment from apply to all pods Ready, and from there to none. */
final class Rollout {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final long POLL_MILLIS = 50;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PATH = "/apis/apps/v1/namespaces/default/deployments";

    private final Api api;
    private final int replicas;

    Rollout(Api api, int replicas) {
        this.api = api;
        this.replicas = replicas;
    }

    String up() throws Exception {
        long begin = System.nanoTime();
        Api.await(
                api.post(
                        PATH,
                        """
                        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"bench"},
                         "spec":{"replicas":%d,"selector":{"matchLabels":{"app":"bench"}},
                          "template":{"metadata":{"labels":{"app":"bench"}},
                           "spec":{"containers":[{"name":"nginx","image":"nginx:1.16"}]}}}}\
                        """
                                .formatted(replicas)));
        await("readyReplicas", replicas);
        return perSecond(begin);
    }

    String roll() throws Exception {
        long begin = System.nanoTime();
        Buffer patched =
                Api.await(
                        api.send(
                                HttpMethod.PATCH,
                                PATH + "/bench",
                                "application/strategic-merge-patch+json",
                                Buffer.buffer(
                                        """
                                        {"spec":{"template":{"spec":{"containers":[
                                         {"name":"nginx","image":"nginx:1.17"}]}}}}\
                                        """)));
        // Until the controller has seen the new template, the figures are those of the old one.
        await("observedGeneration", generation(patched));
        await("updatedReplicas", replicas);
        await("availableReplicas", replicas);
        await("replicas", replicas);
        return perSecond(begin);
    }

    String down() throws Exception {
        long begin = System.nanoTime();
        Api.await(
                api.send(
                        HttpMethod.PATCH,
                        PATH + "/bench/scale",
                        "application/merge-patch+json",
                        Buffer.buffer("{\"spec\":{\"replicas\":0}}")));
        await("replicas", 0);
        awaitNoPods();
        return perSecond(begin);
    }

    private static int generation(Buffer deployment) throws IOException {
        return JSON.readTree(deployment.getBytes()).path("metadata").path("generation").asInt();
    }

    private void await(String field, int wanted) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (read(PATH + "/bench").path("status").path(field).asInt() != wanted) {
            checkTime(end, field);
            Thread.sleep(POLL_MILLIS);
        }
    }

    private void awaitNoPods() throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!read("/api/v1/namespaces/default/pods?limit=1").path("items").isEmpty()) {
            checkTime(end, "pods");
            Thread.sleep(POLL_MILLIS);
        }
    }

    private static void checkTime(long end, String what) {
        if (System.nanoTime() > end) {
            throw new IllegalStateException(what + " did not come to what was wanted in time");
        }
    }

    private JsonNode read(String path) throws Exception {
        return JSON.readTree(Api.await(api.get(path)).getBytes());
    }

    private String perSecond(long begin) {
        double seconds = (System.nanoTime() - begin) / 1e9;
        return "%.1f s, %,.0f pods/s".formatted(seconds, replicas / seconds);
    }
}
