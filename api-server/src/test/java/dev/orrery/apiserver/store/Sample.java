package dev.orrery.apiserver.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.orrery.machinery.log.Entry;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.ObjectKey;
import dev.orrery.machinery.log.WriteHeader;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/** Small objects, and writes of them with ids of their own. */
final class Sample {

    static final GroupResource PODS = new GroupResource("", "pods");
    static final GroupResource NODES = new GroupResource("", "nodes");
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final AtomicLong IDS = new AtomicLong();

    private Sample() {}

    static ObjectKey pod(String namespace, String name) {
        return new ObjectKey(PODS, namespace, name);
    }

    static ObjectKey node(String name) {
        return new ObjectKey(NODES, "", name);
    }

    static byte[] json(String text) {
        return ("{\"data\":\"" + text + "\"}").getBytes(UTF_8);
    }

    static WriteHeader header(long prev, Instant time) {
        String id = "write-" + IDS.incrementAndGet();
        return new WriteHeader(prev, id, "tester", List.of(), 0, "", time);
    }

    static WriteHeader header(long prev) {
        return header(prev, START);
    }

    static Entry entry(ObjectKey key, long prev, String text) {
        return new Entry(key, json(text), header(prev));
    }

    static Entry deletion(ObjectKey key, long prev) {
        return new Entry(key, null, header(prev));
    }

    static Stored held(ClusterState state, ObjectKey key) {
        return requireNonNull(state.get(key), () -> "nothing at " + key);
    }

    static <T> T now(CompletionStage<T> stage) {
        var future = stage.toCompletableFuture();
        if (!future.isDone()) {
            throw new AssertionError("not done yet: " + stage);
        }
        return future.join();
    }
}
