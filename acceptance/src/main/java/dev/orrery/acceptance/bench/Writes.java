package dev.orrery.acceptance.bench;

import dev.orrery.acceptance.Api;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Creates ConfigMaps of 1 KB from a number of clients, each one request at a time. */
final class Writes {

    private static final String PAYLOAD = "x".repeat(900);

    private static final AtomicInteger RUNS = new AtomicInteger();

    private final Api api;
    private final int run = RUNS.getAndIncrement();
    private final int total;
    private final AtomicInteger next = new AtomicInteger();
    private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();

    Writes(Api api, int total) {
        this.api = api;
        this.total = total;
    }

    String measure(int clients) throws Exception {
        long begin = System.nanoTime();
        Future<?>[] all = new Future<?>[clients];
        for (int i = 0; i < clients; i++) {
            Promise<Void> done = Promise.promise();
            writeOn(done);
            all[i] = done.future();
        }
        for (Future<?> one : all) {
            Api.await(one);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        long[] durations = nanos.stream().mapToLong(Long::longValue).toArray();
        return "%,.0f/s, %s".formatted(total / seconds, new Latencies(durations));
    }

    private void writeOn(Promise<Void> done) {
        int number = next.getAndIncrement();
        if (number >= total) {
            done.complete();
            return;
        }
        long sent = System.nanoTime();
        api.post("/api/v1/namespaces/default/configmaps", configMap(number))
                .onSuccess(answer -> {
                    nanos.add(System.nanoTime() - sent);
                    writeOn(done);
                })
                .onFailure(done::fail);
    }

    private String configMap(int number) {
        return """
        {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"bench-%d-%d"},"data":{"payload":"%s"}}\
        """
                .formatted(run, number, PAYLOAD);
    }
}
