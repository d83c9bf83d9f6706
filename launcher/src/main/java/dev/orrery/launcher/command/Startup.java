package dev.orrery.launcher.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.launcher.cluster.ApiClient;
import dev.orrery.launcher.cluster.Cluster;
import dev.orrery.launcher.cluster.Exposure;
import dev.orrery.launcher.cluster.Processes;
import dev.orrery.launcher.cluster.Service;
import dev.orrery.launcher.pki.Pki;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.FutureTask;

/**
 * Starts the processes and shows how each becomes ready, and then the nodes. All wait for each
 * other by themselves; the broker and the api-server go first only because everyone waits for them,
 * and five starting JVMs would share the cores. The broker needs no certificates: they are made
 * while it starts.
 */
final class Startup {

    /** Far beyond a slow machine's first start; then something is wrong. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Asking takes time from those who are asked. */
    private static final long POLL_MILLIS = 100;

    private final Cluster cluster;
    private final Processes processes;
    private final PrintStream out;
    private final long begin = System.nanoTime();
    private final Set<Service> started = EnumSet.noneOf(Service.class);

    Startup(Cluster cluster, Processes processes, PrintStream out) {
        this.cluster = cluster;
        this.processes = processes;
        this.out = out;
    }

    /** Returns once all nodes are ready; on a failure what was started goes on. */
    void run() throws IOException, InterruptedException {
        start(EnumSet.of(Service.BROKER));
        ApiClient api = certify();
        start(EnumSet.of(Service.API_SERVER));
        Set<Service> waiting = EnumSet.copyOf(cluster.services());
        while (!waiting.isEmpty()) {
            pause(waiting);
            boolean brokerWasAway = waiting.contains(Service.BROKER);
            waiting.removeIf(service -> becameReady(service, api));
            if (brokerWasAway && !waiting.contains(Service.BROKER)) {
                Set<Service> others = EnumSet.copyOf(cluster.services());
                others.removeAll(started);
                start(others);
            }
        }
        while (readyNodes(api) < cluster.nodes()) {
            pause(EnumSet.of(Service.KUBELET_SIM));
        }
        out.printf("%n%d nodes Ready after %s.%n", cluster.nodes(), elapsed());
    }

    private void start(Set<Service> services) throws IOException {
        for (Service service : services) {
            processes.start(service);
            started.add(service);
        }
    }

    private ApiClient certify() throws IOException, InterruptedException {
        FutureTask<ApiClient> work =
                new FutureTask<>(() -> {
                    new Pki(cluster.pki())
                            .ensure(Exposure.hosts(), new SecureRandom(), Instant.now());
                    return new ApiClient(cluster);
                });
        Thread.ofPlatform().daemon().name("certificates").start(work);
        while (!work.isDone()) {
            pause(EnumSet.of(Service.BROKER));
        }
        return switch (work.state()) {
            case SUCCESS -> work.resultNow();
            default -> {
                Throwable reason = work.exceptionNow();
                throw new Failure(reason.getMessage() + ": " + reason.getCause());
            }
        };
    }

    private boolean becameReady(Service service, ApiClient api) {
        boolean ready =
                started.contains(service)
                        && (service == Service.BROKER ? brokerAnswers() : api.isReady(service));
        if (ready) {
            out.printf("  %-18s  ready after %s  %s%n", service.id(), elapsed(), address(service));
            out.flush();
        }
        return ready;
    }

    private String address(Service service) {
        return service == Service.API_SERVER
                ? cluster.url()
                : "127.0.0.1:" + cluster.ports().of(service);
    }

    private boolean brokerAnswers() {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(
                            InetAddress.getLoopbackAddress(), cluster.ports().of(Service.BROKER)));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static long readyNodes(ApiClient api) {
        try {
            long ready = 0;
            for (JsonNode node : api.get("/api/v1/nodes?resourceVersion=0").path("items")) {
                for (JsonNode condition : node.path("status").path("conditions")) {
                    if (condition.path("type").asText().equals("Ready")
                            && condition.path("status").asText().equals("True")) {
                        ready++;
                    }
                }
            }
            return ready;
        } catch (IOException e) {
            return -1;
        }
    }

    private void pause(Set<Service> waiting) throws IOException, InterruptedException {
        for (Service service : started) {
            if (processes.find(service).isEmpty()) {
                throw new Failure(
                        "%s ended while the cluster was starting; its output is in %s."
                                .formatted(service.id(), cluster.output(service)));
            }
        }
        if (System.nanoTime() - begin > PATIENCE.toNanos()) {
            Service slow = waiting.iterator().next();
            throw new Failure(
                    "%s was not ready after %d s; its output is in %s."
                            .formatted(slow.id(), PATIENCE.toSeconds(), cluster.output(slow)));
        }
        Thread.sleep(POLL_MILLIS);
    }

    private String elapsed() {
        return "%.1f s".formatted((System.nanoTime() - begin) / 1e9);
    }
}
