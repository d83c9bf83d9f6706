package dev.orrery.launcher.command;

import dev.orrery.launcher.cluster.Cluster;
import dev.orrery.launcher.cluster.Processes;
import dev.orrery.launcher.cluster.Running;
import dev.orrery.launcher.cluster.Service;
import java.io.IOException;
import java.io.PrintStream;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Stays with a running cluster: Ctrl-C ends it, and a service that dies by itself ends everything.
 * A service that the user killed with {@code ./orrery kill} does not: its process file is gone.
 */
final class Foreground {

    private static final long POLL_MILLIS = 500;

    private final Cluster cluster;
    private final Processes processes;
    private final PrintStream out;
    private volatile boolean stopping;

    Foreground(Cluster cluster, Processes processes, PrintStream out) {
        this.cluster = cluster;
        this.processes = processes;
        this.out = out;
    }

    void stopEverythingOnExit() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop-cluster"));
    }

    /** Returns when the cluster is no more: 0 where it was stopped, 1 where a service died. */
    int watch() throws IOException, InterruptedException {
        Map<Service, Running> last = new EnumMap<>(Service.class);
        while (true) {
            for (Service service : cluster.services()) {
                Optional<Running> now = processes.find(service);
                Running before = last.get(service);
                if (now.isPresent()) {
                    last.put(service, now.get());
                } else if (before != null && !stopping) {
                    last.remove(service);
                    if (processes.wasForgotten(service)) {
                        out.printf(
                                "%s was killed; ./orrery start %1$s brings it back.%n",
                                service.id());
                        out.flush();
                    } else {
                        throw new Failure(
                                "%s died; its output is in %s."
                                        .formatted(service.id(), cluster.output(service)));
                    }
                }
            }
            if (last.isEmpty()) {
                return 0;
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private void stop() {
        stopping = true;
        try {
            processes.stopAll();
        } catch (IOException e) {
            out.println("orrery: not everything could be stopped: " + e.getMessage());
        }
    }
}
