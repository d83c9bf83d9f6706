package dev.orrery.apiserver.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.machinery.log.ClusterLog;
import dev.orrery.machinery.log.LogRecord;
import dev.orrery.machinery.log.ObjectKey;
import dev.orrery.machinery.log.kafka.KafkaConnection;
import dev.orrery.machinery.log.kafka.TestBroker;
import dev.orrery.machinery.log.kafka.Topic;
import dev.orrery.machinery.testing.register.Operation;
import dev.orrery.machinery.testing.register.RegisterChecker;
import dev.orrery.machinery.time.WallClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two replicas on a real broker, which is restarted under them. */
class KafkaStoreTest {

    private static final int CLIENTS = 8;
    private static final int OPERATIONS = 400;
    private static final int BEFORE_RESTART = 800;

    private final WallClock clock = new WallClock();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final List<AutoCloseable> open = new ArrayList<>(List.of(clock, executor));

    @TempDir Path folder;

    private TestBroker broker;

    @BeforeEach
    void startBroker() throws Exception {
        broker = TestBroker.start(folder);
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable closeable : open.reversed()) {
            closeable.close();
        }
        broker.close();
    }

    @Test
    void letsExactlyOneOfManyConcurrentCreatorsWin() throws Exception {
        List<Store> stores = List.of(replica("one"), replica("two"));
        for (int round = 0; round < 20; round++) {
            ObjectKey key = Sample.pod("default", "p" + round);
            List<CompletionStage<Outcome>> writes =
                    IntStream.range(0, 16)
                            .mapToObj(i ->
                                    stores.get(i % 2)
                                            .write(key, Sample.json("by " + i), Sample.header(0)))
                            .toList();
            int won = 0;
            for (CompletionStage<Outcome> write : writes) {
                won += get(write) instanceof Outcome.Won ? 1 : 0;
            }
            assertThat(won).as("winners of round %d", round).isEqualTo(1);
        }
    }

    @Test
    void losesNoAcknowledgedWriteAndAppliesNoneTwiceWhenTheBrokerRestarts() throws Exception {
        List<Store> stores = List.of(replica("one"), replica("two"));
        List<Operation> history = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch underWay = new CountDownLatch(BEFORE_RESTART);
        List<CompletableFuture<Map<String, Long>>> clients =
                clients(
                        stores,
                        operation -> {
                            history.add(operation);
                            underWay.countDown();
                        });
        assertThat(underWay.await(60, TimeUnit.SECONDS)).isTrue();
        broker.stop();
        int answeredBefore = history.size();
        broker.start();
        Map<String, Long> acknowledged = new HashMap<>();
        for (CompletableFuture<Map<String, Long>> client : clients) {
            acknowledged.putAll(client.get(120, TimeUnit.SECONDS));
        }
        assertThat(answeredBefore).isLessThan(CLIENTS * OPERATIONS);
        assertThat(effects()).containsAllEntriesOf(acknowledged);
        assertThat(RegisterChecker.violation(List.copyOf(history))).isEmpty();
        ClusterState one = get(stores.get(0).newest());
        assertThat(History.lines(one)).isEqualTo(History.lines(get(stores.get(1).newest())));
        Store fresh = replica("three");
        assertThat(History.lines(fresh.current())).isEqualTo(History.lines(one));
        assertThat(fresh.oldest()).as("started from a snapshot").isPositive();
    }

    private List<CompletableFuture<Map<String, Long>>> clients(
            List<Store> stores, Consumer<Operation> history) {
        AtomicLong time = new AtomicLong();
        List<ObjectKey> keys =
                IntStream.range(0, 10).mapToObj(i -> Sample.pod("default", "p" + i)).toList();
        return IntStream.range(0, CLIENTS)
                .mapToObj(i ->
                        new Client(
                                        "c" + i,
                                        stores.get(i % 2),
                                        Store::newest,
                                        keys,
                                        i,
                                        time,
                                        executor,
                                        history)
                                .pausing(
                                        CompletableFuture.delayedExecutor(
                                                20, TimeUnit.MILLISECONDS, executor))
                                .run(OPERATIONS))
                .toList();
    }

    /** Which write took effect where, read from the log itself; each at most once. */
    private Map<String, Long> effects() throws Exception {
        KafkaConnection connection = connect("reader");
        ClusterLog log = connection.log(Topic.REGISTRY);
        long end = get(log.endOffset());
        Map<String, Long> effects = new HashMap<>();
        Map<ObjectKey, Long> held = new HashMap<>();
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        log.tail(
                0,
                new ClusterLog.Reader() {
                    @Override
                    public void read(List<LogRecord> records) {
                        for (LogRecord record : records) {
                            apply(record, held, effects);
                        }
                        if (records.getLast().offset() == end - 1) {
                            done.complete(true);
                        }
                    }

                    @Override
                    public void trimmed(long startOffset) {
                        done.completeExceptionally(new AssertionError("trimmed"));
                    }
                });
        done.get(60, TimeUnit.SECONDS);
        return effects;
    }

    private static void apply(
            LogRecord record, Map<ObjectKey, Long> held, Map<String, Long> effects) {
        if (!record.takesEffect(held.getOrDefault(record.key(), 0L))) {
            return;
        }
        assertThat(effects.put(record.header().id(), record.resourceVersion()))
                .as("took effect before")
                .isNull();
        if (record.value() == null) {
            held.remove(record.key());
        } else {
            held.put(record.key(), record.resourceVersion());
        }
    }

    private Store replica(String name) throws Exception {
        KafkaConnection connection = connect(name);
        Store store =
                new Store(
                        connection.log(Topic.REGISTRY),
                        connection.log(Topic.SNAPSHOT),
                        clock,
                        StoreLimits.REGISTRY.withSnapshotEvery(200));
        get(store.start());
        open.add(store);
        return store;
    }

    private KafkaConnection connect(String name) {
        KafkaConnection connection = new KafkaConnection(broker.servers(), name);
        open.add(connection);
        return connection;
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
