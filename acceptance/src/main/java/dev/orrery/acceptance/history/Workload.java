package dev.orrery.acceptance.history;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.acceptance.process.Replicas.ApiReplica;
import dev.orrery.acceptance.process.Reply;
import dev.orrery.acceptance.process.Requests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Many clients at a few objects for a while, and what they saw. The same seed makes the same
 * choices; when each happens is the machine's affair.
 *
 * @param steps of each client
 */
public record Workload(long seed, int clients, int steps, int objects, int watchers) {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** What a course's laptop does in some seconds. */
    public static Workload small(long seed) {
        return new Workload(seed, 6, 150, 5, 3);
    }

    /**
     * @param disturbance runs beside the clients; all servers answer again when it returns
     */
    public History run(List<ApiReplica> servers, Requests requests, Runnable disturbance) {
        List<String> names = IntStream.range(0, objects).mapToObj(i -> "history-" + i).toList();
        Recorder recorder = new Recorder(names);
        List<Watcher> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> watching = new ArrayList<>();
            for (int i = 0; i < watchers; i++) {
                Watcher watcher =
                        new Watcher("watcher-" + i, servers, requests, recorder, seed * 31 + i);
                all.add(watcher);
                watching.add(threads.submit(watcher));
            }
            CountDownLatch done = new CountDownLatch(clients);
            List<Future<?>> working = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                Client client =
                        new Client(
                                "client-" + i, servers, names, requests, recorder, seed * 97 + i);
                working.add(threads.submit(() -> work(client, done)));
            }
            disturbance.run();
            if (!done.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("the clients were not done in time");
            }
            finish(servers.getFirst(), requests, recorder, all);
            for (Future<?> one : working) {
                one.get();
            }
            for (Future<?> one : watching) {
                one.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        return recorder.history();
    }

    private void work(Client client, CountDownLatch done) {
        try {
            for (int i = 0; i < steps; i++) {
                client.step();
            }
        } finally {
            done.countDown();
        }
    }

    /** A last write that every watch must tell of, and the list that must show all of it. */
    private static void finish(
            ApiReplica server, Requests requests, Recorder recorder, List<Watcher> watchers) {
        String marker =
                """
                {"apiVersion":"v1","kind":"ConfigMap",
                 "metadata":{"generateName":"history-end-","labels":{"history":"yes"}},
                 "data":{"v":"end"}}\
                """;
        Reply reply = requests.post(server, Client.PATH, marker);
        if (!(reply instanceof Reply.Answer(int code, JsonNode body)) || code != 201) {
            throw new IllegalStateException("no last write: " + reply);
        }
        long end = Client.version(body);
        try {
            Requests.await(
                    () -> watchers.stream().allMatch(watcher -> watcher.upTo() >= end),
                    Duration.ofSeconds(20),
                    "all watches at " + end);
            long invoked = Recorder.now();
            if (requests.get(server, Client.PATH + Client.SELECTOR)
                            instanceof Reply.Answer(int listed, JsonNode list)
                    && listed == 200) {
                recorder.list("last", Client.version(list), Client.values(list), invoked);
            }
        } finally {
            watchers.forEach(Watcher::stop);
        }
    }
}
