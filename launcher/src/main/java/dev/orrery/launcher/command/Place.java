package dev.orrery.launcher.command;

import dev.orrery.launcher.cluster.Cluster;
import dev.orrery.launcher.cluster.Commands;
import dev.orrery.launcher.cluster.Home;
import dev.orrery.launcher.cluster.Processes;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options that say which cluster is meant, the same for every command. */
final class Place {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Folder of the cluster's state and logs (default: .orrery in the project).")
    private Path data = Path.of(System.getProperty("orrery.home", ".")).resolve(".orrery");

    Path data() {
        return data.toAbsolutePath().normalize();
    }

    static Home home() {
        return new Home(
                Path.of(System.getProperty("orrery.home", ".")).toAbsolutePath().normalize());
    }

    /** The cluster that was started here before. */
    Cluster cluster() throws IOException {
        return Cluster.load(data())
                .orElseThrow(() ->
                        new Failure(
                                "there is no cluster in " + data() + ": ./orrery up makes one."));
    }

    static Processes processes(Cluster cluster) {
        return new Processes(cluster, new Commands(home(), cluster, Commands.Caching.USE));
    }
}
