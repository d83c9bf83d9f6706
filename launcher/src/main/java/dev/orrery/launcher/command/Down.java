package dev.orrery.launcher.command;

import dev.orrery.launcher.cluster.Cluster;
import dev.orrery.launcher.cluster.Processes;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops the processes; everything stored stays. */
@Command(
        name = "down",
        description = "Stop the cluster; what was stored is kept.",
        mixinStandardHelpOptions = true)
public final class Down implements Callable<Integer> {

    @Mixin private Place place = new Place();

    @Override
    public Integer call() throws Exception {
        Cluster cluster = place.cluster();
        Processes processes = Place.processes(cluster);
        int running = processes.running().size();
        processes.stopAll();
        System.out.println(
                running == 0 ? "Nothing was running." : "Stopped " + running + " processes.");
        return 0;
    }
}
