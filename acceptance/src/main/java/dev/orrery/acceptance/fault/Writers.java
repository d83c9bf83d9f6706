package dev.orrery.acceptance.fault;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.acceptance.process.Replicas.ApiReplica;
import dev.orrery.acceptance.process.Reply;
import dev.orrery.acceptance.process.Requests;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Clients that create ConfigMaps as fast as they are answered, each going to the next api-server
 * where it gets no answer, and that remember what was acknowledged and when.
 */
final class Writers implements AutoCloseable {

    private static final String PATH = "/api/v1/namespaces/default/configmaps";
    private static final long PAUSE_MILLIS = 20;
    private static final AtomicInteger RUNS = new AtomicInteger();

    private final List<ApiReplica> servers;
    private final Requests requests;
    private final String run = "fault-" + RUNS.incrementAndGet();
    private final Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger unknown = new AtomicInteger();
    private final List<Thread> threads;
    private volatile boolean stopped;

    Writers(int clients, List<ApiReplica> servers, Requests requests) {
        this.servers = List.copyOf(servers);
        this.requests = requests;
        this.threads =
                IntStream.range(0, clients)
                        .mapToObj(i -> Thread.ofVirtual().start(() -> write(i)))
                        .toList();
    }

    private void write(int first) {
        int server = first;
        while (!stopped) {
            String name = run + "-" + next.incrementAndGet();
            Reply reply = requests.post(servers.get(server % servers.size()), PATH, json(name));
            if (reply.code() == 201) {
                acknowledged.add(new Acknowledged(name, System.nanoTime()));
            } else {
                if (!reply.certainlyNot()) {
                    unknown.incrementAndGet();
                }
                server++;
                Requests.pause(PAUSE_MILLIS);
            }
        }
    }

    private String json(String name) {
        return """
        {"apiVersion":"v1","kind":"ConfigMap",
         "metadata":{"name":"%s","labels":{"run":"%s"}},"data":{"a":"%s"}}\
        """
                .formatted(name, run, "x".repeat(200));
    }

    int acknowledged() {
        return acknowledged.size();
    }

    int unknown() {
        return unknown.get();
    }

    /** Waits until so many more have been acknowledged. */
    void awaitMore(int count, Duration patience) {
        int wanted = acknowledged() + count;
        Requests.await(() -> acknowledged() >= wanted, patience, count + " more writes");
    }

    /** The longest time without an acknowledgement since a moment. */
    Duration longestSilence(long sinceNanos) {
        long last = sinceNanos;
        long longest = 0;
        List<Long> times =
                acknowledged.stream()
                        .map(Acknowledged::atNanos)
                        .filter(time -> time >= sinceNanos)
                        .sorted()
                        .toList();
        for (long time : times) {
            longest = Math.max(longest, time - last);
            last = time;
        }
        return Duration.ofNanos(longest);
    }

    /** Stops, and looks which of the acknowledged writes are not there. */
    int lost(ApiReplica server) {
        close();
        Reply reply = requests.get(server, PATH + "?labelSelector=run%3D" + run);
        if (!(reply instanceof Reply.Answer(int code, JsonNode list)) || code != 200) {
            throw new IllegalStateException("no list: " + reply);
        }
        Set<String> found = new HashSet<>();
        list.path("items").forEach(item -> found.add(item.path("metadata").path("name").asText()));
        return (int) acknowledged.stream().filter(write -> !found.contains(write.name())).count();
    }

    @Override
    public void close() {
        stopped = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private record Acknowledged(String name, long atNanos) {}
}
