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

    private static final String BROKER_MAIN = "dev.orrery.launcher.broker.BrokerMain";

    /**
     * Heaps here are small and start-up counts, so: the serial collector, compact headers, and the
     * quick compiler alone. On two cores the optimizing one takes the time from five processes for
     * several minutes of load, and gives back a quarter.
     */
    private static final List<String> JVM =
            List.of(
                    "-XX:TieredStopAtLevel=1",
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
        command.addAll(jvm(service));
        if (service == Service.BROKER) {
            broker(command);
        } else {
            component(service, command);
        }
        return command;
    }

    /** What a service's JVM is told, whatever the service is. */
    public List<String> jvm(Service service) {
        List<String> options = new ArrayList<>(JVM);
        options.add(service.heap());
        cache(service, options);
        return options;
    }

    /** The main program of a service that is told the rest by its environment. */
    public List<String> program(Service service) {
        String jar = home.jar(service).toString();
        return service == Service.BROKER ? List.of("-cp", jar, BROKER_MAIN) : List.of("-jar", jar);
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
        command.addAll(program(Service.BROKER));
        command.addAll(
                List.of(
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
        property(
                command,
                "quarkus.http.host",
                service == Service.API_SERVER ? Exposure.listen() : Exposure.LOOPBACK);
        if (service == Service.API_SERVER) {
            property(command, "quarkus.http.ssl-port", Integer.toString(ports.of(service)));
        } else {
            property(command, "quarkus.http.port", Integer.toString(ports.of(service)));
        }
        if (cluster.standby() && service.isElected()) {
            property(command, "orrery.leader-election", "true");
        }
        if (service == Service.KUBELET_SIM) {
            property(command, "orrery.nodes", Integer.toString(cluster.nodes()));
            property(command, "orrery.images.dir", cluster.data().resolve("images").toString());
            property(command, "orrery.volumes.dir", cluster.volumes().toString());
        }
        command.addAll(program(service));
    }

    private static void property(List<String> command, String name, String value) {
        command.add("-D" + name + "=" + value);
    }
}
