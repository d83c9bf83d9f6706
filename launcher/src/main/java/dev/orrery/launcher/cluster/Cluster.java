package dev.orrery.launcher.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * One cluster on this machine.
 *
 * @param data its folder: everything that outlives a process
 * @param standby whether there are two schedulers and controller-managers, of which one leads
 */
public record Cluster(Path data, Ports ports, int nodes, boolean standby) {

    private static final String SETTINGS = "cluster.properties";

    public static Optional<Cluster> load(Path data) throws IOException {
        Path file = data.resolve(SETTINGS);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Properties settings = new Properties();
        try (var in = Files.newInputStream(file)) {
            settings.load(in);
        }
        return Optional.of(
                new Cluster(
                        data,
                        new Ports(Integer.parseInt(settings.getProperty("port"))),
                        Integer.parseInt(settings.getProperty("nodes")),
                        Boolean.parseBoolean(settings.getProperty("standby"))));
    }

    public void save() throws IOException {
        Files.createDirectories(data);
        Files.writeString(
                data.resolve(SETTINGS),
                "port=%d\nnodes=%d\nstandby=%b\n".formatted(ports.base(), nodes, standby));
    }

    /** In the order in which they depend on each other. */
    public Set<Service> services() {
        Set<Service> services = EnumSet.allOf(Service.class);
        services.removeIf(service -> service.isStandby() && !standby);
        return services;
    }

    public Path pki() {
        return data.resolve("pki");
    }

    public Path kubeconfig() {
        return data.resolve("kubeconfig");
    }

    public Path brokerLog() {
        return data.resolve("kafka");
    }

    /** Where the nodes keep the contents of volumes. */
    public Path volumes() {
        return data.resolve("volumes");
    }

    public Path output(Service service) {
        return data.resolve("logs").resolve(service.id() + ".log");
    }

    Path processFile(Service service) {
        return data.resolve("run").resolve(service.id());
    }

    public String url() {
        return "https://127.0.0.1:" + ports.base();
    }
}
