package dev.orrery.acceptance;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A cluster that {@code ./orrery up} started for tests, with a folder and ports of its own. Closing
 * it stops it and forgets what it stored.
 */
public final class RunningCluster implements AutoCloseable {

    private static final Path HOME = Path.of(System.getProperty("orrery.home", ".."));

    /** As many ports in a row as a cluster uses. */
    private static final int PORTS = 10;

    private final Path data;
    private final int port;
    private final Shell shell;

    private RunningCluster(Path data, int port, Shell shell) {
        this.data = data;
        this.port = port;
        this.shell = shell;
    }

    public static RunningCluster start(String... options) {
        try {
            Path data = Files.createTempDirectory("orrery-acceptance");
            Shell shell =
                    new Shell(
                            HOME.toRealPath(),
                            Map.of("KUBECONFIG", data.resolve("kubeconfig").toString()));
            requireKubectl(shell);
            int port = freePorts();
            RunningCluster cluster = new RunningCluster(data, port, shell);
            cluster.orrery("up -d --port " + port + " " + String.join(" ", options));
            return cluster;
        } catch (IOException e) {
            throw new IllegalStateException("cannot start a cluster", e);
        }
    }

    /** Runs an {@code ./orrery} command on this cluster; it must succeed. */
    public String orrery(String command) {
        return shell.must("./orrery " + command + " --data " + data);
    }

    /** A shell whose kubectl speaks to this cluster, in the project's root. */
    public Shell shell() {
        return shell;
    }

    /** Of the api-server. */
    public int port() {
        return port;
    }

    public Path kubeconfig() {
        return data.resolve("kubeconfig");
    }

    public Path data() {
        return data;
    }

    @Override
    public void close() {
        orrery("reset");
    }

    private static void requireKubectl(Shell shell) {
        if (shell.run("kubectl version --client").exit() != 0) {
            throw new IllegalStateException(
                    "these tests drive the cluster with kubectl, and there is none on the PATH:"
                            + " install it first");
        }
    }

    /** The first of a row of ports that are free now. */
    private static int freePorts() throws IOException {
        for (int base = 21000; base < 29000; base += PORTS) {
            if (areFree(base)) {
                return base;
            }
        }
        throw new IllegalStateException("no free ports");
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
