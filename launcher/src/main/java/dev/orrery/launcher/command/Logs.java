package dev.orrery.launcher.command;

import dev.orrery.launcher.cluster.Cluster;
import dev.orrery.launcher.cluster.Service;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Prints what the services printed. */
@Command(
        name = "logs",
        description = "Print the output of one service, or of all.",
        mixinStandardHelpOptions = true)
public final class Logs implements Callable<Integer> {

    @Mixin private Place place = new Place();

    @Parameters(
            paramLabel = "SERVICE",
            arity = "0..1",
            description = "broker, api-server, scheduler, controller-manager or kubelet-sim.")
    private @Nullable String name;

    @Override
    public Integer call() throws Exception {
        Cluster cluster = place.cluster();
        List<Service> services =
                name == null ? List.copyOf(cluster.services()) : List.of(Start.service(name));
        for (Service service : services) {
            print(cluster.output(service));
        }
        return 0;
    }

    private static void print(Path file) throws IOException {
        System.out.println("==> " + file + " <==");
        System.out.flush();
        if (Files.exists(file)) {
            OutputStream out = System.out;
            Files.copy(file, out);
            out.flush();
        }
    }
}
