package dev.orrery.machinery.log.kafka;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka broker inside the test's own process, on ports that were free. It can be stopped and
 * started again on the same log. {@code kafka.server} is no public API of Kafka: no other test
 * knows it.
 */
public final class TestBroker implements AutoCloseable {

    private static final int NODE_ID = 1;

    /** Held here, since loggers are only weakly held elsewhere. */
    private static final List<Logger> QUIET =
            List.of(Logger.getLogger("kafka"), Logger.getLogger("org.apache.kafka"));

    private final Properties settings;
    private final int port;
    private @Nullable KafkaRaftServer server;

    private TestBroker(Path folder, int port, int controllerPort) {
        this.port = port;
        this.settings = settings(folder, port, controllerPort);
    }

    /** Formats the folder and starts. */
    public static TestBroker start(Path folder) throws Exception {
        TestBroker broker = prepare(folder);
        broker.start();
        return broker;
    }

    /** Formats the folder; the broker is yet to be started. */
    public static TestBroker prepare(Path folder) throws Exception {
        QUIET.forEach(logger -> logger.setLevel(Level.OFF));
        new Formatter()
                .setNodeId(NODE_ID)
                .setClusterId(Uuid.randomUuid().toString())
                .setControllerListenerName("CONTROLLER")
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                .setMetadataLogDirectory(folder.toString())
                .addDirectory(folder.toString())
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                .run();
        return new TestBroker(folder, freePort(), freePort());
    }

    public String servers() {
        return "127.0.0.1:" + port;
    }

    public void start() {
        server = new KafkaRaftServer(KafkaConfig.fromProps(settings, false), Time.SYSTEM);
        server.startup();
    }

    public void stop() {
        if (server != null) {
            server.shutdown();
            server.awaitShutdown();
            server = null;
        }
    }

    @Override
    public void close() {
        stop();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Properties settings(Path folder, int port, int controllerPort) {
        Properties settings = new Properties();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE_ID));
        settings.put("log.dirs", folder.toString());
        settings.put(
                "listeners",
                "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
                        .formatted(port, controllerPort));
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);
        settings.put("auto.create.topics.enable", "false");
        settings.put("num.network.threads", "1");
        settings.put("num.io.threads", "2");
        settings.put("log.cleaner.enable", "false");
        settings.put("offsets.topic.num.partitions", "1");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("broker.session.timeout.ms", "1000");
        settings.put("broker.heartbeat.interval.ms", "200");
        settings.put("metric.reporters", "");
        return settings;
    }
}
