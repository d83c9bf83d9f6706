package dev.orrery.launcher.command;

import dev.orrery.launcher.cluster.Cluster;
import dev.orrery.launcher.cluster.Kubeconfig;
import dev.orrery.launcher.cluster.Ports;
import dev.orrery.launcher.cluster.Processes;
import dev.orrery.launcher.cluster.Running;
import dev.orrery.launcher.pki.Pki;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts the broker and the services, waits for the nodes, and says what to type next. */
@Command(
        name = "up",
        description = "Start the cluster; Ctrl-C stops it.",
        mixinStandardHelpOptions = true)
public final class Up implements Callable<Integer> {

    private static final int DEFAULT_PORT = 6443;
    private static final int DEFAULT_NODES = 3;
    private static final int MAX_NODES = 10_000;

    @Mixin private Place place = new Place();

    @Option(
            names = {"-d", "--detach"},
            description = "Leave the cluster running and return.")
    private boolean detach;

    @Option(
            names = "--nodes",
            paramLabel = "N",
            description = "Simulated nodes (default: as before, at first 3).")
    private @Nullable Integer nodes;

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description = "Profiles of images, one in each YAML file of the folder; they are kept.")
    private @Nullable Path images;

    @Option(
            names = "--port",
            paramLabel = "N",
            description =
                    "The api-server's port; the nine above it are used too (default: as before, at"
                            + " first 6443).")
    private @Nullable Integer port;

    @Option(
            names = "--standby",
            negatable = true,
            description =
                    "Run two schedulers and controller-managers, of which one works and the other"
                            + " takes over when it dies (default: as before, at first not).")
    private @Nullable Boolean standby;

    @Override
    public Integer call() throws Exception {
        PrintStream out = System.out;
        Cluster cluster = cluster();
        Processes processes = Place.processes(cluster);
        refuseWhatRuns(cluster, processes);
        refuseTakenPorts(cluster);
        Files.createDirectories(cluster.data());
        cluster.save();
        keepImages(cluster);
        Startup startup = new Startup(cluster, processes, out);
        Foreground foreground = new Foreground(cluster, processes, out);
        if (!detach) {
            foreground.stopEverythingOnExit();
        }
        try {
            startup.run();
        } catch (Failure failure) {
            processes.stopAll();
            throw failure;
        }
        Kubeconfig.write(cluster, new Pki(cluster.pki()));
        sayWhatToType(cluster, out);
        return detach ? 0 : foreground.watch();
    }

    private void keepImages(Cluster cluster) throws IOException {
        Path folder = images;
        if (folder == null) {
            return;
        }
        if (!Files.isDirectory(folder)) {
            throw new Failure("--images takes a folder: there is no " + folder + ".");
        }
        Path kept = Files.createDirectories(cluster.data().resolve("images"));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.{yaml,yml}")) {
            for (Path file : files) {
                Files.copy(
                        file,
                        kept.resolve(file.getFileName()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private Cluster cluster() throws IOException {
        Optional<Cluster> before = Cluster.load(place.data());
        int chosenNodes = nodes != null ? nodes : before.map(Cluster::nodes).orElse(DEFAULT_NODES);
        int chosenPort =
                port != null ? port : before.map(c -> c.ports().base()).orElse(DEFAULT_PORT);
        if (chosenNodes < 0 || chosenNodes > MAX_NODES) {
            throw new Failure("--nodes takes a number from 0 to " + MAX_NODES + ".");
        }
        try {
            return new Cluster(
                    place.data(),
                    new Ports(chosenPort),
                    chosenNodes,
                    standby != null ? standby : before.map(Cluster::standby).orElse(false));
        } catch (IllegalArgumentException e) {
            throw new Failure("--port takes a number from 1 to 65526.");
        }
    }

    private static void refuseWhatRuns(Cluster cluster, Processes processes) throws IOException {
        List<Running> running = processes.running();
        if (!running.isEmpty()) {
            String names =
                    running.stream().map(r -> r.service().id()).collect(Collectors.joining(", "));
            throw new Failure(
                    "a cluster in %s is running already (%s): ./orrery down stops it."
                            .formatted(cluster.data(), names));
        }
    }

    private static void refuseTakenPorts(Cluster cluster) {
        for (int port : cluster.ports().all()) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            } catch (IOException e) {
                throw new Failure(
                        "port %d is taken by another program: choose other ports with --port N (N to N+9 are used)."
                                .formatted(port));
            }
        }
    }

    private void sayWhatToType(Cluster cluster, PrintStream out) {
        out.printf(
                """

                Type next:

                  export KUBECONFIG=%s
                  kubectl get nodes
                  kubectl create deployment web --image nginx --replicas 3
                  kubectl get pods --watch

                """,
                cluster.kubeconfig());
        out.println(
                detach
                        ? "./orrery status shows the services, ./orrery down stops them."
                        : "Ctrl-C stops the cluster; what was stored is kept.");
        out.flush();
    }
}
