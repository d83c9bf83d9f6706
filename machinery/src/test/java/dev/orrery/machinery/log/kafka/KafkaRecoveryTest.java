package dev.orrery.machinery.log.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.machinery.log.ClusterLog;
import dev.orrery.machinery.log.Entry;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.LogRecord;
import dev.orrery.machinery.log.LogUnavailableException;
import dev.orrery.machinery.log.ObjectKey;
import dev.orrery.machinery.log.WriteHeader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The order in which processes start and end is nobody's business. */
class KafkaRecoveryTest {

    @TempDir Path folder;

    private TestBroker broker;
    private KafkaLog log;

    @BeforeEach
    void connectToNobody() throws Exception {
        broker = TestBroker.prepare(folder);
        log = KafkaLog.open(broker.servers(), "test", Topic.REGISTRY);
    }

    @AfterEach
    void close() {
        log.close();
        broker.close();
    }

    @Test
    void refusesWhileThereIsNoBrokerYetAndServesWhenItComes() throws Exception {
        Heard heard = new Heard();
        log.tail(0, heard);
        assertThat(log.isReachable()).isFalse();
        assertThatThrownBy(() -> get(log.append(entry("too early"))))
                .cause()
                .isInstanceOfSatisfying(
                        LogUnavailableException.class,
                        e -> assertThat(e.mayHaveHappened()).isFalse());
        assertThatThrownBy(() -> get(log.endOffset()))
                .hasCauseInstanceOf(LogUnavailableException.class);
        broker.start();
        get(log.warmUp());
        assertThat(get(log.endOffset())).isZero();
        assertThat(get(log.append(entry("first")))).isZero();
        assertThat(heard.next()).isEqualTo("first");
    }

    @Test
    void readsOnWhereItWasAfterEachRestartOfTheBroker() throws Exception {
        broker.start();
        get(log.warmUp());
        Heard heard = new Heard();
        log.tail(0, heard);
        for (int restart = 0; restart < 2; restart++) {
            get(log.append(entry("before " + restart)));
            assertThat(heard.next()).isEqualTo("before " + restart);
            broker.stop();
            broker.start();
            try (KafkaLog other = KafkaLog.open(broker.servers(), "other", Topic.REGISTRY)) {
                get(other.warmUp());
                get(other.append(entry("after " + restart)));
            }
            assertThat(heard.next()).isEqualTo("after " + restart);
        }
    }

    @Test
    void takesNoNoticeOfRecordThatIsNone() throws Exception {
        broker.start();
        get(log.warmUp());
        Heard heard = new Heard();
        log.tail(0, heard);
        try (KafkaConnection stranger = new KafkaConnection(broker.servers(), "stranger")) {
            get(
                    stranger.appender()
                            .append(
                                    new ProducerRecord<>(
                                            Topic.REGISTRY.name(),
                                            "not a key".getBytes(UTF_8),
                                            "{}".getBytes(UTF_8))));
        }
        get(log.append(entry("good")));
        assertThat(heard.next()).isEqualTo("");
        assertThat(heard.next()).isEqualTo("good");
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static Entry entry(String value) {
        return new Entry(
                new ObjectKey(new GroupResource("", "nodes"), "", "n"),
                value.getBytes(UTF_8),
                new WriteHeader(0, value, "tester", List.of(), 0, "", Instant.EPOCH));
    }

    private static final class Heard implements ClusterLog.Reader {

        private final BlockingQueue<String> values = new LinkedBlockingQueue<>();

        @Override
        public void read(List<LogRecord> records) {
            for (LogRecord record : records) {
                byte[] value = record.value();
                values.add(value == null ? "" : new String(value, UTF_8));
            }
        }

        @Override
        public void trimmed(long startOffset) {
            values.add("trimmed");
        }

        private String next() throws InterruptedException {
            return String.valueOf(values.poll(20, TimeUnit.SECONDS));
        }
    }
}
