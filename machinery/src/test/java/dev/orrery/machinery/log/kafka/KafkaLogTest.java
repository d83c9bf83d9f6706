package dev.orrery.machinery.log.kafka;

import dev.orrery.machinery.log.ClusterLog;
import dev.orrery.machinery.log.ClusterLogTest;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The promises of the log, kept on a real broker. */
class KafkaLogTest extends ClusterLogTest {

    private static final AtomicInteger TOPICS = new AtomicInteger();

    @TempDir static Path folder;

    private static TestBroker broker;

    private @Nullable KafkaConnection connection;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = TestBroker.start(folder);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @AfterEach
    void disconnect() {
        if (connection != null) {
            connection.close();
        }
    }

    @Override
    protected ClusterLog open() throws Exception {
        Topic topic = Topic.REGISTRY.named("registry-" + TOPICS.incrementAndGet());
        KafkaConnection opened = new KafkaConnection(broker.servers(), "test");
        connection = opened;
        KafkaLog log = opened.log(topic);
        log.warmUp().toCompletableFuture().get(20, TimeUnit.SECONDS);
        return log;
    }

    @Override
    protected void leave() {
        broker.stop();
    }

    @Override
    protected void comeBack() {
        broker.start();
    }
}
