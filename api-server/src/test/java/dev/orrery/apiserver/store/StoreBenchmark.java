package dev.orrery.apiserver.store;

import dev.orrery.machinery.log.LogRecord;
import dev.orrery.machinery.log.ObjectKey;
import dev.orrery.machinery.log.kafka.KafkaConnection;
import dev.orrery.machinery.log.kafka.TestBroker;
import dev.orrery.machinery.log.kafka.Topic;
import dev.orrery.machinery.time.WallClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * How long a write takes from append to read-back, and a change to the watches, on a broker in this
 * process. Prints; judges nothing.
 */
public final class StoreBenchmark {

    private static final int OBJECT_BYTES = 2000;
    private static final byte[] VALUE = value();

    private final Store store;
    private final AtomicLong names = new AtomicLong();

    private StoreBenchmark(Store store) {
        this.store = store;
    }

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("orrery-bench");
        try (TestBroker broker = TestBroker.start(folder);
                WallClock clock = new WallClock();
                KafkaConnection kafka = new KafkaConnection(broker.servers(), "bench")) {
            Store store = new Store(kafka.log(Topic.REGISTRY), clock, StoreLimits.REGISTRY);
            store.start().toCompletableFuture().get(30, TimeUnit.SECONDS);
            kafka.log(Topic.REGISTRY).warmUp().toCompletableFuture().get(30, TimeUnit.SECONDS);
            StoreBenchmark bench = new StoreBenchmark(store);
            bench.writes("first", 1, 1);
            bench.writes("cold", 1, 500);
            for (int round = 0; round < 2; round++) {
                bench.writes("round " + round, 1, 3_000);
                bench.writes("round " + round, 64, 30_000);
                bench.writes("round " + round, 512, 40_000);
                bench.reads(2_000);
                bench.watches(1, 2_000);
                bench.watches(100, 2_000);
            }
            rebuild(kafka, clock, store.current());
        }
    }

    private static void rebuild(KafkaConnection kafka, WallClock clock, ClusterState live)
            throws Exception {
        long from = System.nanoTime();
        Store store = new Store(kafka.log(Topic.REGISTRY), clock, StoreLimits.REGISTRY);
        store.start().toCompletableFuture().get(120, TimeUnit.SECONDS);
        System.out.printf(
                "replay of %d records: %d ms%n",
                live.resourceVersion(), (System.nanoTime() - from) / 1_000_000);
        store.close();
    }

    private void writes(String name, int outstanding, int count) throws Exception {
        long[] nanos = new long[count];
        Semaphore room = new Semaphore(outstanding);
        long from = System.nanoTime();
        for (int i = 0; i < count; i++) {
            room.acquire();
            int index = i;
            long begun = System.nanoTime();
            ObjectKey key = Sample.pod("bench", "p" + names.incrementAndGet());
            store.write(key, VALUE, Sample.header(0))
                    .whenComplete((outcome, failure) -> {
                        nanos[index] = System.nanoTime() - begun;
                        room.release();
                    });
        }
        room.acquire(outstanding);
        long total = System.nanoTime() - from;
        System.out.printf(
                "%s: %d outstanding: %.0f writes/s, %s%n",
                name, outstanding, count * 1e9 / total, percentiles(nanos));
    }

    private void reads(int count) throws Exception {
        long[] nanos = new long[count];
        for (int i = 0; i < count; i++) {
            long begun = System.nanoTime();
            store.newest().toCompletableFuture().get(10, TimeUnit.SECONDS);
            nanos[i] = System.nanoTime() - begun;
        }
        System.out.printf("consistent read: %s%n", percentiles(nanos));
    }

    /** From the write's call to the last watch's sink. */
    private void watches(int watchers, int count) throws Exception {
        long[] nanos = new long[count];
        Arrival arrival = new Arrival();
        Watch[] watches = new Watch[watchers];
        for (int i = 0; i < watchers; i++) {
            watches[i] = store.watch(Sample.PODS, "", store.current().resourceVersion(), arrival);
        }
        for (int i = 0; i < count; i++) {
            CountDownLatch heard = new CountDownLatch(watchers);
            arrival.expected = heard;
            long begun = System.nanoTime();
            ObjectKey key = Sample.pod("watched", "p" + names.incrementAndGet());
            store.write(key, VALUE, Sample.header(0)).toCompletableFuture().get();
            heard.await();
            nanos[i] = System.nanoTime() - begun;
        }
        for (Watch watch : watches) {
            watch.close();
        }
        System.out.printf("write to %d watches: %s%n", watchers, percentiles(nanos));
    }

    private static String percentiles(long[] nanos) {
        Arrays.sort(nanos);
        return "p50 %.2f ms, p99 %.2f ms"
                .formatted(nanos[nanos.length / 2] / 1e6, nanos[nanos.length * 99 / 100] / 1e6);
    }

    private static byte[] value() {
        byte[] value = new byte[OBJECT_BYTES];
        Arrays.fill(value, (byte) 'x');
        return value;
    }

    private static final class Arrival implements WatchSink {

        private volatile CountDownLatch expected = new CountDownLatch(0);

        @Override
        public void changed(@Nullable Stored before, @Nullable Stored after, LogRecord record) {
            expected.countDown();
        }

        @Override
        public void progress(long resourceVersion) {}

        @Override
        public void end(Exception reason) {}
    }
}
