package dev.orrery.acceptance.bench;

import dev.orrery.acceptance.Api;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;

/** Pods that nothing schedules, for reading them all at once. */
final class ManyPods {

    private static final int AT_A_TIME = 100;
    private static final int LISTS = 5;
    private static final String NAMESPACE = "bench-lists";
    private static final String PODS = "/api/v1/namespaces/" + NAMESPACE + "/pods";

    private final Api api;
    private final int count;

    ManyPods(Api api, int count) {
        this.api = api;
        this.count = count;
    }

    void create() throws Exception {
        Api.await(
                api.post(
                        "/api/v1/namespaces",
                        """
                        {"apiVersion":"v1","kind":"Namespace","metadata":{"name":"%s"}}\
                        """
                                .formatted(NAMESPACE)));
        awaitServiceAccount();
        for (int begin = 0; begin < count; begin += AT_A_TIME) {
            List<Future<Buffer>> batch = new ArrayList<>();
            for (int i = begin; i < Math.min(count, begin + AT_A_TIME); i++) {
                batch.add(api.post(PODS, pod(i)));
            }
            Api.await(Future.all(batch));
        }
    }

    String list(String query) throws Exception {
        long[] nanos = new long[LISTS];
        int bytes = 0;
        for (int i = 0; i < LISTS; i++) {
            long begin = System.nanoTime();
            bytes = Api.await(api.get(PODS + query)).length();
            nanos[i] = System.nanoTime() - begin;
        }
        return "p50 %.0f ms, %,d KB".formatted(new Latencies(nanos).percentile(50), bytes / 1024);
    }

    void delete() throws Exception {
        Api.await(
                api.send(
                        HttpMethod.DELETE,
                        PODS + "?gracePeriodSeconds=0",
                        "application/json",
                        Buffer.buffer()));
    }

    private void awaitServiceAccount() throws Exception {
        for (int tries = 0; ; tries++) {
            try {
                Api.await(api.get("/api/v1/namespaces/" + NAMESPACE + "/serviceaccounts/default"));
                return;
            } catch (Exception e) {
                if (tries == 100) {
                    throw e;
                }
                Thread.sleep(100);
            }
        }
    }

    private static String pod(int number) {
        return """
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"p-%d","labels":{"n":"%d"}},
         "spec":{"schedulerName":"nobody","containers":[{"name":"c","image":"nginx"}]}}\
        """
                .formatted(number, number % 10);
    }
}
