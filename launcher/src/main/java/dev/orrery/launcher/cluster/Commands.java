package dev.orrery.launcher.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of each service's process. */
public record Commands(Home home, Cluster cluster, Caching caching) {

    /** What a process does about its ahead-of-time cache. */
    public enum Caching {
        /** Uses it, where there is one. */
        USE,
        /** Writes it when the process ends. */
        TRAIN
    }

    /**
     * Heaps here are small and start-up counts, so: the serial collector, compact headers, and
     * compilers that wait ten times longer than usual before they find a method worth their time.
     * Two thirds of what a start costs is compiling methods that are hardly used again.
     */
    private static final List<String> JVM =
            List.of(
                    "-XX:CompileThresholdScaling=10",
                    "-XX:+UseSerialGC",
                    "-XX:+UseCompactObjectHeaders",
                    "-Xms24m",
                    "-XX:MinHeapFreeRatio=20",
                    "-XX:MaxHeapFreeRatio=40",
                    "-XX:-UsePerfData",
                    "-Xss512k",
                    "-Xlog:disable",
                    "-Xlog:all=error:stderr",
                    "-Dfile.encoding=UTF-8",
                    "-Duser.timezone=UTC",
                    "-Djava.net.preferIPv4Stack=true",
                    "--sun-misc-unsafe-memory-access=allow",
                    "--enable-native-access=ALL-UNNAMED");

    List<String> of(Service service) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.add(service.heap());
        cache(service, command);
        if (service == Service.BROKER) {
            broker(command);
        } else {
            component(service, command);
        }
        return command;
    }

    private void cache(Service service, List<String> command) {
        Path cache = home.aheadOfTimeCache(service);
        switch (caching) {
            case TRAIN -> command.add("-XX:AOTCacheOutput=" + cache);
            case USE -> {
                if (Files.exists(cache)) {
                    command.add("-XX:AOTCache=" + cache);
                }
            }
        }
    }

    private void broker(List<String> command) {
        command.addAll(
                List.of(
                        "-cp",
                        home.jar(Service.BROKER).toString(),
                        "dev.orrery.launcher.broker.BrokerMain",
                        cluster.brokerLog().toString(),
                        Integer.toString(cluster.ports().of(Service.BROKER)),
                        Integer.toString(cluster.ports().brokerController())));
    }

    private void component(Service service, List<String> command) {
        Ports ports = cluster.ports();
        property(command, "orrery.log.bootstrap-servers", "127.0.0.1:" + ports.of(Service.BROKER));
        property(command, "orrery.pki.dir", cluster.pki().toString());
        property(command, "orrery.api-server.grpc-address", "127.0.0.1:" + ports.grpc());
        property(command, "orrery.node-agent.address", "127.0.0.1:" + ports.nodeAgent());
        property(command, "quarkus.http.host", "127.0.0.1");
        if (service == Service.API_SERVER) {
            property(command, "quarkus.http.ssl-port", Integer.toString(ports.of(service)));
        } else {
            property(command, "quarkus.http.port", Integer.toString(ports.of(service)));
        }
        if (service == Service.KUBELET_SIM) {
            property(command, "orrery.nodes", Integer.toString(cluster.nodes()));
            property(command, "orrery.images.dir", cluster.data().resolve("images").toString());
            property(command, "orrery.volumes.dir", cluster.volumes().toString());
        }
        command.add("-jar");
        command.add(home.jar(service).toString());
    }

    private static void property(List<String> command, String name, String value) {
        command.add("-D" + name + "=" + value);
    }
}
