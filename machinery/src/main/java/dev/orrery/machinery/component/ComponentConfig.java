package dev.orrery.machinery.component;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Where a service finds the cluster, and who it is there.
 *
 * @param service its name and that of its certificate: {@code scheduler}
 * @param kubernetesName its name in Kubernetes, for the user agent, its events and its lease:
 *     {@code kube-scheduler}
 * @param bootstrapServers the log's brokers
 * @param pkiDirectory PEM files
 * @param apiServerAddress {@code host:port} of the gRPC side; several with commas between
 * @param seed of the component's random choices; empty for another one at each start
 * @param leaderElection whether to work only while holding the lease, so that two can run
 */
public record ComponentConfig(
        String service,
        String kubernetesName,
        String bootstrapServers,
        Path pkiDirectory,
        String apiServerAddress,
        OptionalLong seed,
        boolean leaderElection) {

    /** The version of Kubernetes that the cluster speaks. */
    static final String VERSION = "v1.36.0";

    /** Reads the properties {@code orrery.*}, which may come from the environment as well. */
    public static ComponentConfig read(
            String service, String kubernetesName, Function<String, Optional<String>> properties) {
        return new ComponentConfig(
                service,
                kubernetesName,
                properties.apply("orrery.log.bootstrap-servers").orElse("127.0.0.1:6448"),
                Path.of(properties.apply("orrery.pki.dir").orElse("pki")),
                properties.apply("orrery.api-server.grpc-address").orElse("127.0.0.1:6444"),
                properties.apply("orrery.seed").stream().mapToLong(Long::parseLong).findFirst(),
                properties
                        .apply("orrery.leader-election")
                        .map(Boolean::parseBoolean)
                        .orElse(false));
    }

    /** {@code kube-scheduler/v1.36.0}. */
    public String userAgent() {
        return kubernetesName + "/" + VERSION;
    }
}
