package dev.orrery.launcher.command;

import dev.orrery.launcher.cluster.Cluster;
import dev.orrery.launcher.cluster.Processes;
import dev.orrery.launcher.cluster.Running;
import dev.orrery.launcher.cluster.Service;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Brings back what was killed. */
@Command(
        name = "start",
        description = "Start one service of the cluster.",
        mixinStandardHelpOptions = true)
public final class Start implements Callable<Integer> {

    @Mixin private Place place = new Place();

    @Parameters(
            paramLabel = "SERVICE",
            description = "broker, api-server, scheduler, controller-manager or kubelet-sim.")
    private String name = "";

    @Override
    public Integer call() throws Exception {
        Cluster cluster = place.cluster();
        Service service = service(name);
        Processes processes = Place.processes(cluster);
        if (!cluster.services().contains(service)) {
            throw new Failure(
                    "this cluster has no "
                            + service.id()
                            + ": start it with ./orrery up --standby to have two of each.");
        }
        if (processes.find(service).isPresent()) {
            throw new Failure(service.id() + " is running already.");
        }
        Running running = processes.start(service);
        System.out.printf(
                "Started %s (pid %d); its output is in %s.%n",
                service.id(), running.process().pid(), cluster.output(service));
        return 0;
    }

    static Service service(String name) {
        return Service.of(name)
                .orElseThrow(() ->
                        new Failure(
                                "there is no service '%s': the services are %s."
                                        .formatted(name, Service.ids())));
    }
}
