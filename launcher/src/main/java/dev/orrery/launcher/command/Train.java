package dev.orrery.launcher.command;

import dev.orrery.launcher.cluster.ApiClient;
import dev.orrery.launcher.cluster.Cluster;
import dev.orrery.launcher.cluster.Commands;
import dev.orrery.launcher.cluster.Ports;
import dev.orrery.launcher.cluster.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * Part of the build: runs a cluster of its own for a few seconds under a little load, so that each
 * JVM writes an ahead-of-time cache when it ends. With the caches the services start in half the
 * time.
 */
@Command(
        name = "train",
        description = "Make the caches that let the services start faster.",
        hidden = true)
public final class Train implements Callable<Integer> {

    private static final int PORT = 17443;
    private static final int OBJECTS = 200;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Override
    public Integer call() throws Exception {
        Path folder = Place.home().folder().resolve("target/aot");
        Files.createDirectories(folder);
        Path data = folder.resolve("training");
        Reset.delete(data);
        Cluster cluster = new Cluster(data, new Ports(PORT), 3, false);
        Processes processes =
                new Processes(cluster, new Commands(Place.home(), cluster, Commands.Caching.TRAIN));
        Files.createDirectories(data);
        try {
            new Startup(cluster, processes, System.out).run();
            exercise(new ApiClient(cluster));
        } finally {
            processes.stopAll(Duration.ofMinutes(2));
        }
        return 0;
    }

    private static void exercise(ApiClient api) throws IOException, InterruptedException {
        for (int i = 0; i < OBJECTS; i++) {
            api.send(
                    "POST",
                    "/api/v1/namespaces/default/configmaps",
                    """
                    {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"train-%d"},"data":{"a":"b"}}\
                    """
                            .formatted(i));
        }
        api.send("POST", "/apis/apps/v1/namespaces/default/deployments", DEPLOYMENT);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end
                && api.get("/apis/apps/v1/namespaces/default/deployments/train")
                                .path("status")
                                .path("availableReplicas")
                                .asInt()
                        < 20) {
            api.get("/api/v1/pods");
            Thread.sleep(100);
        }
        api.get("/apis");
        api.get("/openapi/v3");
    }

    private static final String DEPLOYMENT =
            """
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"train"},
             "spec":{"replicas":20,"selector":{"matchLabels":{"app":"train"}},
              "template":{"metadata":{"labels":{"app":"train"}},
               "spec":{"containers":[{"name":"nginx","image":"nginx:1.16"}]}}}}\
            """;
}
