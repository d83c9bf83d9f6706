package dev.orrery.launcher.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.launcher.cluster.ApiClient;
import dev.orrery.launcher.cluster.Cluster;
import dev.orrery.launcher.cluster.Processes;
import dev.orrery.launcher.cluster.Service;
import dev.orrery.launcher.pki.PkiException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * Starts the processes and shows how each becomes ready, and then the nodes. All wait for each
 * other by themselves; the broker and the api-server go first only because everyone waits for them,
 * and five starting JVMs would share the cores.
 */
final class Startup {

    /** Far beyond a slow machine's first start; then something is wrong. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final long POLL_MILLIS = 40;

    private final Cluster cluster;
    private final Processes processes;
    private final PrintStream out;
    private final ApiClient api;
    private final long begin = System.nanoTime();
    private final Set<Service> started = EnumSet.noneOf(Service.class);

    Startup(Cluster cluster, Processes processes, PrintStream out) throws PkiException {
        this.cluster = cluster;
        this.processes = processes;
        this.out = out;
        this.api = new ApiClient(cluster);
    }

    void run() throws IOException, InterruptedException {
        start(EnumSet.of(Service.BROKER, Service.API_SERVER));
        Set<Service> waiting = EnumSet.allOf(Service.class);
        while (!waiting.isEmpty()) {
            pause(waiting);
            boolean brokerWasAway = waiting.contains(Service.BROKER);
            waiting.removeIf(this::becameReady);
            if (brokerWasAway && !waiting.contains(Service.BROKER)) {
                start(
                        EnumSet.of(
                                Service.SCHEDULER,
                                Service.CONTROLLER_MANAGER,
                                Service.KUBELET_SIM));
            }
        }
        while (readyNodes() < cluster.nodes()) {
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

    private boolean becameReady(Service service) {
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

    private long readyNodes() {
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
