package dev.orrery.acceptance.process;

import dev.orrery.acceptance.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Several of each: brokers, api-servers, components, as processes of this machine with one PKI and
 * one log. Nothing is started until it is asked for. Closing it ends and forgets all of it.
 */
public final class Replicas implements AutoCloseable {

    private static final Path HOME = Path.of(System.getProperty("orrery.home", ".."));

    private final Path folder;
    private final Shell shell;
    private final List<Program> programs = new ArrayList<>();
    private final List<AutoCloseable> wires = new ArrayList<>();
    private final Map<String, List<String>> arguments = new ConcurrentHashMap<>();
    private final int[] brokerPorts;
    private final int[] controllerPorts;

    /**
     * @param brokers how many there are to be
     */
    public Replicas(int brokers) {
        try {
            this.folder = Files.createTempDirectory("orrery-replicas");
            this.shell = new Shell(HOME.toRealPath(), Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.brokerPorts = IntStream.range(0, brokers).map(_ -> FreePorts.next()).toArray();
        this.controllerPorts = IntStream.range(0, brokers).map(_ -> FreePorts.next()).toArray();
        shell.must(
                "./orrery certificates --pki %s --kubeconfig %s"
                        .formatted(pki(), folder.resolve("kubeconfig")));
    }

    public Path pki() {
        return folder.resolve("pki");
    }

    /** {@code host:port,...} of all brokers. */
    public String bootstrap() {
        return IntStream.of(brokerPorts)
                .mapToObj(port -> "127.0.0.1:" + port)
                .collect(Collectors.joining(","));
    }

    /**
     * A broker.
     *
     * @param number from 0
     * @param wire an address of its own for whoever is to reach it by way of a proxy
     */
    public Program broker(int number, Wire... wire) {
        int id = number + 1;
        Map<String, String> settings = new HashMap<>();
        settings.put("CLUSTER_ID", "b3JyZXJ5LW9ycmVyeS0xMA");
        settings.put("KAFKA_NODE_ID", Integer.toString(id));
        settings.put("KAFKA_PROCESS_ROLES", "broker,controller");
        settings.put("KAFKA_LOG_DIRS", folder.resolve("broker-" + id).toString());
        settings.put("KAFKA_CONTROLLER_LISTENER_NAMES", "CONTROLLER");
        settings.put("KAFKA_INTER_BROKER_LISTENER_NAME", "PLAINTEXT");
        settings.put(
                "KAFKA_CONTROLLER_QUORUM_VOTERS",
                IntStream.range(0, controllerPorts.length)
                        .mapToObj(i -> (i + 1) + "@127.0.0.1:" + controllerPorts[i])
                        .collect(Collectors.joining(",")));
        StringBuilder listens = new StringBuilder();
        StringBuilder advertised = new StringBuilder();
        StringBuilder protocols = new StringBuilder("CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT");
        listens.append("PLAINTEXT://127.0.0.1:").append(brokerPorts[number]);
        listens.append(",CONTROLLER://127.0.0.1:").append(controllerPorts[number]);
        advertised.append("PLAINTEXT://127.0.0.1:").append(brokerPorts[number]);
        for (int i = 0; i < wire.length; i++) {
            listens.append(",WIRE%d://127.0.0.1:%d".formatted(i, wire[i].port));
            advertised.append(",WIRE%d://127.0.0.1:%d".formatted(i, wire[i].proxy.port()));
            protocols.append(",WIRE%d:PLAINTEXT".formatted(i));
        }
        settings.put("KAFKA_LISTENERS", listens.toString());
        settings.put("KAFKA_ADVERTISED_LISTENERS", advertised.toString());
        settings.put("KAFKA_LISTENER_SECURITY_PROTOCOL_MAP", protocols.toString());
        if (brokerPorts.length > 1) {
            settings.put("KAFKA_DEFAULT_REPLICATION_FACTOR", "3");
            settings.put("KAFKA_MIN_INSYNC_REPLICAS", "2");
            settings.put("KAFKA_REPLICA_LAG_TIME_MAX_MS", "3000");
        }
        return program("broker-" + id, "broker", settings);
    }

    /** A wire to a broker that can be cut; the broker must be started with it. */
    public Wire wire() {
        int port = FreePorts.next();
        Wire wire = new Wire(port, keep(new TcpProxy(port)));
        return wire;
    }

    /** Any port by way of a proxy. */
    public TcpProxy proxy(int port) {
        return keep(new TcpProxy(port));
    }

    /**
     * An api-server.
     *
     * @param bootstrap the brokers as it is to see them
     * @param more properties
     */
    public ApiReplica apiServer(String name, String bootstrap, Map<String, String> more) {
        int https = FreePorts.next();
        int grpc = FreePorts.next();
        Map<String, String> settings = common(bootstrap);
        settings.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        settings.put("QUARKUS_HTTP_SSL_PORT", Integer.toString(https));
        settings.put("ORRERY_API_SERVER_GRPC_ADDRESS", "127.0.0.1:" + grpc);
        settings.putAll(more);
        return new ApiReplica(program(name, "api-server", settings), https, grpc);
    }

    public ApiReplica apiServer(String name) {
        return apiServer(name, bootstrap(), Map.of());
    }

    /**
     * A component.
     *
     * @param service {@code scheduler}, {@code controller-manager}, {@code kubelet-sim}
     * @param apiServers {@code host:port,...} of their gRPC side
     * @param more properties
     */
    public Program component(
            String name, String service, String apiServers, Map<String, String> more) {
        Map<String, String> settings = common(bootstrap());
        settings.put("ORRERY_API_SERVER_GRPC_ADDRESS", apiServers);
        settings.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        settings.put("QUARKUS_HTTP_PORT", Integer.toString(FreePorts.next()));
        if (service.equals("kubelet-sim")) {
            settings.put("ORRERY_NODE_AGENT_ADDRESS", "127.0.0.1:" + FreePorts.next());
            settings.put("ORRERY_VOLUMES_DIR", folder.resolve(name + "-volumes").toString());
        }
        settings.putAll(more);
        return program(name, service, settings);
    }

    private Map<String, String> common(String bootstrap) {
        Map<String, String> settings = new HashMap<>();
        settings.put("ORRERY_LOG_BOOTSTRAP_SERVERS", bootstrap);
        settings.put("ORRERY_PKI_DIR", pki().toString());
        return settings;
    }

    private Program program(String name, String service, Map<String, String> settings) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments.computeIfAbsent(service, this::argumentsOf));
        Program program = new Program(name, command, settings, folder.resolve(name + ".log"));
        programs.add(program);
        return program;
    }

    private List<String> argumentsOf(String service) {
        return shell.must("./orrery arguments " + service)
                .lines()
                .filter(line -> line.startsWith("\""))
                .map(line -> line.substring(1, line.length() - 1))
                .toList();
    }

    private <T extends AutoCloseable> T keep(T wire) {
        wires.add(wire);
        return wire;
    }

    @Override
    public void close() {
        programs.reversed().forEach(Program::close);
        for (AutoCloseable wire : wires) {
            try {
                wire.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A way to a broker.
     *
     * @param port where the broker listens for it
     */
    public record Wire(int port, TcpProxy proxy) {

        public String bootstrap() {
            return "127.0.0.1:" + proxy.port();
        }
    }

    /** An api-server and where it is reached. */
    public record ApiReplica(Program program, int https, int grpc) {

        public String grpcAddress() {
            return "127.0.0.1:" + grpc;
        }

        public String url() {
            return "https://127.0.0.1:" + https;
        }
    }
}
