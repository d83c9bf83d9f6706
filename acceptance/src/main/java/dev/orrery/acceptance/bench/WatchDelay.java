package dev.orrery.acceptance.bench;

import dev.orrery.acceptance.Api;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long a watcher waits for the event of a write, from the moment that the write is sent. */
final class WatchDelay {

    private static final int WRITES = 300;
    private static final Pattern STEP = Pattern.compile("\"step\":\"(\\d+)\"");
    private static final String PATH = "/api/v1/namespaces/default/configmaps";

    private final Api api;
    private final ConcurrentHashMap<Integer, Long> sent = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();

    WatchDelay(Api api) {
        this.api = api;
    }

    String measure(int watchers) throws Exception {
        String name = "watched-" + watchers;
        Api.await(
                api.post(
                        PATH,
                        """
                        {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"%s"},"data":{"step":"0"}}\
                        """
                                .formatted(name)));
        CountDownLatch events = new CountDownLatch(watchers * WRITES);
        for (int i = 0; i < watchers; i++) {
            Api.await(
                    api.watch(
                            PATH + "?watch=true&fieldSelector=metadata.name%3D" + name,
                            chunk -> read(chunk, events)));
        }
        for (int step = 1; step <= WRITES; step++) {
            sent.put(step, System.nanoTime());
            Api.await(
                    api.send(
                            HttpMethod.PATCH,
                            PATH + "/" + name,
                            "application/merge-patch+json",
                            Buffer.buffer("{\"data\":{\"step\":\"" + step + "\"}}")));
        }
        if (!events.await(30, TimeUnit.SECONDS)) {
            return "%d events did not arrive".formatted(events.getCount());
        }
        return new Latencies(nanos.stream().mapToLong(Long::longValue).toArray()).toString();
    }

    private void read(Buffer chunk, CountDownLatch events) {
        long now = System.nanoTime();
        Matcher steps = STEP.matcher(chunk.toString());
        while (steps.find()) {
            Long begin = sent.get(Integer.parseInt(steps.group(1)));
            if (begin != null) {
                nanos.add(now - begin);
                events.countDown();
            }
        }
    }
}
