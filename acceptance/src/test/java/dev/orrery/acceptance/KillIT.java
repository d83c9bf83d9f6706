package dev.orrery.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code kill -9} of one process in the middle of its work: what was acknowledged is there
 * afterwards, and nothing happened twice.
 */
class KillIT {

    private static final int WRITERS = 8;
    private static final int BEFORE = 200;
    private static final int AFTER = 400;
    private static final long PATIENCE_NANOS = 60_000_000_000L;
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Each writer counts up an object of its own, each time on condition of what it read before.
     */
    @ParameterizedTest
    @ValueSource(strings = {"api-server", "broker"})
    void everyAcknowledgedWriteSurvives(String victim) throws Exception {
        try (RunningCluster cluster = RunningCluster.start("--nodes 1");
                Api api = new Api(cluster)) {
            List<Writer> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                writers.add(new Writer(api, "counter-" + i));
            }
            AtomicBoolean stop = new AtomicBoolean();
            List<Thread> threads =
                    writers.stream()
                            .map(writer -> Thread.ofVirtual().start(() -> writer.run(stop)))
                            .toList();
            awaitAcknowledged(writers, BEFORE);
            cluster.orrery("kill " + victim);
            int atKill = acknowledged(writers);
            cluster.orrery("start " + victim);
            awaitAcknowledged(writers, atKill + AFTER);
            stop.set(true);
            for (Thread thread : threads) {
                thread.join();
            }
            for (Writer writer : writers) {
                writer.check();
            }
        }
    }

    @Test
    void aRolloutGoesOnWithoutItsControllers() {
        try (RunningCluster cluster = RunningCluster.start("--nodes 3")) {
            Shell shell = cluster.shell();
            shell.must("kubectl create deployment web --image nginx:1.16 --replicas 20");
            shell.must("kubectl rollout status deployment web --timeout 120s");
            shell.must("kubectl set image deployment web nginx=nginx:1.17");
            cluster.orrery("kill controller-manager");
            cluster.orrery("kill scheduler");
            cluster.orrery("start scheduler");
            cluster.orrery("start controller-manager");
            shell.must("kubectl rollout status deployment web --timeout 120s");

            assertThat(
                            shell.must(
                                    "kubectl get pods -l app=web --no-headers"
                                            + " -o custom-columns=I:.spec.containers[0].image"
                                            + " --field-selector status.phase=Running"
                                            + " | sort | uniq -c"))
                    .containsPattern("20 nginx:1.17");
        }
    }

    private static void awaitAcknowledged(List<Writer> writers, int count) throws Exception {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (acknowledged(writers) < count) {
            assertThat(System.nanoTime())
                    .as("%d writes acknowledged, %d wanted", acknowledged(writers), count)
                    .isLessThan(end);
            Thread.sleep(10);
        }
    }

    private static int acknowledged(List<Writer> writers) {
        return writers.stream().mapToInt(writer -> writer.acknowledged.get()).sum();
    }

    /** One client that does one thing at a time, and remembers what it was told. */
    private static final class Writer {

        private final Api api;
        private final String name;
        private final AtomicInteger acknowledged = new AtomicInteger();
        private int unknown;

        Writer(Api api, String name) {
            this.api = api;
            this.name = name;
        }

        void run(AtomicBoolean stop) {
            while (!stop.get()) {
                try {
                    write();
                    acknowledged.incrementAndGet();
                } catch (Exception e) {
                    unknown++;
                    pause();
                }
            }
        }

        private void write() throws Exception {
            JsonNode map;
            try {
                map = JSON.readTree(Api.await(api.get(MAPS + "/" + name)).getBytes());
            } catch (Exception e) {
                if (String.valueOf(e.getMessage()).contains("404:")) {
                    Api.await(api.post(MAPS, body("", 1)));
                    return;
                }
                throw e;
            }
            Api.await(
                    api.send(
                            HttpMethod.PUT,
                            MAPS + "/" + name,
                            "application/json",
                            Buffer.buffer(
                                    body(
                                            map.path("metadata").path("resourceVersion").asText(),
                                            map.path("data").path("count").asInt() + 1))));
        }

        /** At least what was acknowledged; at most that and what nobody knows about. */
        void check() throws Exception {
            JsonNode map = JSON.readTree(Api.await(api.get(MAPS + "/" + name)).getBytes());
            assertThat(map.path("data").path("count").asInt())
                    .as("%s, of whose writes %d have an unknown end", name, unknown)
                    .isBetween(acknowledged.get(), acknowledged.get() + unknown);
        }

        private String body(String resourceVersion, int count) {
            return """
            {"apiVersion":"v1","kind":"ConfigMap",
             "metadata":{"name":"%s","resourceVersion":"%s"},"data":{"count":"%d"}}\
            """
                    .formatted(name, resourceVersion, count);
        }

        private static void pause() {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
