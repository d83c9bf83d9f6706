package dev.orrery.launcher.command;

import dev.orrery.launcher.cluster.Cluster;
import dev.orrery.launcher.cluster.Processes;
import dev.orrery.launcher.cluster.Running;
import dev.orrery.launcher.cluster.Service;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Breaks the cluster by hand. */
@Command(
        name = "kill",
        description = "Kill a service at once, as kill -9 does, to see what happens.",
        mixinStandardHelpOptions = true)
public final class Kill implements Callable<Integer> {

    @Mixin private Place place = new Place();

    @Parameters(
            paramLabel = "SERVICE",
            description = "broker, api-server, scheduler, controller-manager or kubelet-sim.")
    private String name = "";

    @Override
    public Integer call() throws Exception {
        Cluster cluster = place.cluster();
        Service service = Start.service(name);
        Processes processes = Place.processes(cluster);
        Running running =
                processes
                        .find(service)
                        .orElseThrow(() -> new Failure(service.id() + " is not running."));
        processes.kill(running);
        System.out.println("Killed " + service.id() + " (pid " + running.process().pid() + ").");
        return 0;
    }
}
