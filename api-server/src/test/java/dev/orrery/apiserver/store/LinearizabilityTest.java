package dev.orrery.apiserver.store;

import static dev.orrery.apiserver.store.Sample.START;
import static dev.orrery.apiserver.store.Sample.now;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.machinery.log.MemoryLog;
import dev.orrery.machinery.log.ObjectKey;
import dev.orrery.machinery.testing.register.Operation;
import dev.orrery.machinery.testing.register.RegisterChecker;
import dev.orrery.machinery.time.ManualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * Two replicas on one log, and clients of both that compare and set the same objects: whatever the
 * order of their steps and whichever acknowledgements are lost, the answers are those of one
 * object. A seed decides the order.
 */
class LinearizabilityTest {

    private static final int SEEDS = 150;
    private static final List<ObjectKey> KEYS =
            List.of(Sample.pod("default", "a"), Sample.pod("default", "b"), Sample.node("n"));

    @Test
    void answersAsOneObjectWould() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Run run = new Run(seed, Store::newest);
            assertThat(run.violation()).as("seed %d", seed).isEmpty();
            assertThat(run.written).as("writes of seed %d", seed).isGreaterThan(20);
        }
    }

    @Test
    void wouldBeCaughtReadingWhatIsThere() {
        int caught = 0;
        for (long seed = 0; seed < 20; seed++) {
            Client.Reading stale = store -> CompletableFuture.completedFuture(store.current());
            caught += new Run(seed, stale).violation().isPresent() ? 1 : 0;
        }
        assertThat(caught).as("of 20 runs with stale reads").isGreaterThan(10);
    }

    /** One history: all steps are in one list, and the seed says which is next. */
    private static final class Run {

        private final List<Runnable> steps = new ArrayList<>();
        private final List<Operation> history = new ArrayList<>();
        private final ManualClock clock = new ManualClock(START);
        private final Random random;
        private int written;

        private Run(long seed, Client.Reading reading) {
            random = new Random(seed);
            MemoryLog log = new MemoryLog(Runnable::run);
            List<Store> stores = List.of(replica(log), replica(log));
            List<CompletableFuture<Void>> started =
                    stores.stream().map(store -> store.start().toCompletableFuture()).toList();
            settle();
            started.forEach(Sample::now);
            AtomicLong time = new AtomicLong();
            List<CompletableFuture<Map<String, Long>>> clients = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                Store store = stores.get(i % 2);
                clients.add(
                        new Client(
                                        "c" + i,
                                        store,
                                        reading,
                                        KEYS,
                                        seed * 31 + i,
                                        time,
                                        steps::add,
                                        history::add)
                                .run(40));
            }
            settle();
            clients.forEach(client -> written += now(client).size());
        }

        private Store replica(MemoryLog log) {
            FaultyLog faulty = new FaultyLog(log.seenThrough(steps::add, 2), random, steps::add);
            return new Store(faulty, clock, StoreLimits.REGISTRY.withWindow(20, 1 << 20));
        }

        private Optional<String> violation() {
            return RegisterChecker.violation(history);
        }

        /** Time passes only when there is nothing else to do. */
        private void settle() {
            do {
                while (!steps.isEmpty()) {
                    steps.remove(random.nextInt(steps.size())).run();
                }
            } while (clock.runNext());
        }
    }
}
