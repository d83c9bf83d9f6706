package dev.orrery.launcher.broker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.logging.LogManager;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A Kafka broker and its controller in one process. {@code kafka.server} is no public API of Kafka:
 * nothing outside this class knows it.
 *
 * <p>Runs until the process is told to end; a clean end and {@code kill -9} both leave a log that
 * the next start reads.
 */
public final class BrokerMain {

    private BrokerMain() {}

    /**
     * @param args the folder of the log, the broker's port, the controller's port: a single broker
     *     on loopback. Without any, everything comes from the environment, as with Kafka's own
     *     image.
     */
    public static void main(String[] args) throws Exception {
        logLittle();
        BrokerSettings settings = settings(args).with(System.getenv());
        format(settings);
        KafkaRaftServer server =
                new KafkaRaftServer(
                        KafkaConfig.fromProps(settings.properties(), false), Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "broker-shutdown"));
        server.startup();
        server.awaitShutdown();
    }

    private static BrokerSettings settings(String[] args) {
        return args.length == 0
                ? BrokerSettings.small()
                : BrokerSettings.onLoopback(
                        Path.of(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    }

    private static void logLittle() throws IOException {
        try (InputStream settings =
                BrokerMain.class.getResourceAsStream("/broker-logging.properties")) {
            LogManager.getLogManager().readConfiguration(settings);
        }
    }

    private static void format(BrokerSettings settings) throws Exception {
        Path folder = settings.folder();
        if (Files.exists(folder.resolve("meta.properties"))) {
            return;
        }
        Files.createDirectories(folder);
        clearHalfFormatted(folder);
        new Formatter()
                .setNodeId(settings.nodeId())
                .setClusterId(settings.clusterId())
                .setControllerListenerName("CONTROLLER")
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                .setMetadataLogDirectory(folder.toString())
                .addDirectory(folder.toString())
                .run();
    }

    /** A format that was cut off leaves a metadata folder without meta.properties. */
    private static void clearHalfFormatted(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(folder)) {
                    Files.delete(file);
                }
            }
        }
    }
}
