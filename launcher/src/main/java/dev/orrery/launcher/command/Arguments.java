package dev.orrery.launcher.command;

import dev.orrery.launcher.cluster.Cluster;
import dev.orrery.launcher.cluster.Commands;
import dev.orrery.launcher.cluster.Ports;
import dev.orrery.launcher.cluster.Service;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Part of making images: prints what a service's JVM is told, as a file that {@code java @FILE}
 * reads, so that it is told the same in a container as on this machine. Where the service finds the
 * others it learns from its environment.
 */
@Command(name = "arguments", description = "Print the arguments of a service's JVM.", hidden = true)
public final class Arguments implements Callable<Integer> {

    /** Everything that has a port is told it by the environment. */
    private static final int NO_PORT = 1;

    @Parameters(index = "0", paramLabel = "SERVICE")
    private String name = "";

    @Parameters(
            index = "1",
            paramLabel = "PART",
            arity = "0..1",
            description = "jvm or program; else both.")
    private String part = "";

    @Override
    public Integer call() {
        Service service = Start.service(name);
        Cluster nowhere = new Cluster(Path.of("."), new Ports(NO_PORT), 0, false);
        Commands commands = new Commands(Place.home(), nowhere, Commands.Caching.USE);
        List<String> arguments = new ArrayList<>();
        if (!part.equals("program")) {
            arguments.addAll(commands.jvm(service));
        }
        if (!part.equals("jvm")) {
            arguments.addAll(commands.program(service));
        }
        arguments.forEach(argument -> System.out.println('"' + argument + '"'));
        return 0;
    }
}
