package dev.orrery.testcontainers.junit;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * A cluster of processes, in a folder and on ports of its own. Closing it ends the processes and
 * forgets what was stored.
 */
public final class OrreryCluster implements AutoCloseable {

    /** As many ports in a row as a cluster uses. */
    private static final int PORTS = 8;

    private static final int LOWEST_PORT = 29_000;
    private static final int HIGHEST_PORT = 32_000;
    private static final int ATTEMPTS = 50;

    private final Installation installation;
    private final Path data;
    private final KubernetesClient client;

    private OrreryCluster(Installation installation, Path data, KubernetesClient client) {
        this.installation = installation;
        this.data = data;
        this.client = client;
    }

    /** Returns when all nodes are ready. */
    public static OrreryCluster start(int nodes) {
        Installation installation = Installation.find();
        try {
            Path data = Files.createTempDirectory("orrery-test");
            installation.run(
                    data,
                    List.of(
                            "up",
                            "-d",
                            "--port",
                            Integer.toString(freePorts()),
                            "--nodes",
                            Integer.toString(nodes)));
            String kubeconfig = Files.readString(data.resolve("kubeconfig"));
            KubernetesClient client =
                    new KubernetesClientBuilder()
                            .withConfig(Config.fromKubeconfig(kubeconfig))
                            .build();
            return new OrreryCluster(installation, data, client);
        } catch (IOException e) {
            throw new UncheckedIOException("no folder for a cluster", e);
        }
    }

    /** A client of the administrator; it ends with the cluster. */
    public KubernetesClient client() {
        return client;
    }

    /** The kubeconfig's file. */
    public Path kubeconfig() {
        return data.resolve("kubeconfig");
    }

    /** Kills a service as {@code kill -9} does: {@code scheduler}, {@code broker}, ... */
    public void kill(String service) {
        installation.run(data, List.of("kill", service));
    }

    /** Brings back a service that was killed. */
    public void start(String service) {
        installation.run(data, List.of("start", service));
    }

    /** What the services printed. */
    public String logs() {
        return installation.run(data, List.of("logs"));
    }

    /** Applies the objects of a YAML or JSON file on the class path. */
    void apply(String resource) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        try (InputStream content = loader.getResourceAsStream(resource)) {
            if (content == null) {
                throw new IllegalArgumentException("nothing on the class path: " + resource);
            }
            client.load(content).serverSideApply();
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }

    @Override
    public void close() {
        client.close();
        installation.run(data, List.of("reset"));
    }

    /** The first of a row of ports that are free now; test runs at the same time look elsewhere. */
    private static int freePorts() {
        Random random = new Random();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int base = random.nextInt(LOWEST_PORT, HIGHEST_PORT);
            if (areFree(base)) {
                return base;
            }
        }
        throw new IllegalStateException("no %d free ports in a row".formatted(PORTS));
    }

    private static boolean areFree(int base) {
        for (int port = base; port < base + PORTS; port++) {
            try (ServerSocket socket = new ServerSocket(port)) {
                socket.setReuseAddress(true);
            } catch (IOException e) {
                return false;
            }
        }
        return true;
    }
}
