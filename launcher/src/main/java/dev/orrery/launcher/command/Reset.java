package dev.orrery.launcher.command;

import dev.orrery.launcher.cluster.Cluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Forgets a cluster: what was stored, its certificates, its logs. */
@Command(
        name = "reset",
        description = "Stop the cluster and forget everything that was stored.",
        mixinStandardHelpOptions = true)
public final class Reset implements Callable<Integer> {

    /** What a cluster's folder holds; anything else in it is not ours to delete. */
    private static final List<String> OURS =
            List.of("kafka", "pki", "run", "logs", "volumes", "kubeconfig", "cluster.properties");

    @Mixin private Place place = new Place();

    @Override
    public Integer call() throws Exception {
        Optional<Cluster> cluster = Cluster.load(place.data());
        if (cluster.isEmpty()) {
            System.out.println("There is no cluster in " + place.data() + ".");
            return 0;
        }
        Place.processes(cluster.get()).stopAll();
        for (String name : OURS) {
            delete(place.data().resolve(name));
        }
        System.out.println("Forgot the cluster in " + place.data() + ".");
        return 0;
    }

    static void delete(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (var files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
