package dev.orrery.apiserver.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orrery.machinery.log.LogUnavailableException;
import dev.orrery.machinery.log.ObjectKey;
import dev.orrery.machinery.testing.register.Operation;
import dev.orrery.machinery.testing.register.Operation.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One client that reads, and compares and sets, objects that others change too. One operation at a
 * time; each next one is a task of the executor.
 */
final class Client {

    private final String name;
    private final Store store;
    private final Reading reading;
    private final List<ObjectKey> keys;
    private final Random random;
    private final AtomicLong time;
    private final Executor executor;
    private final Consumer<Operation> history;
    private final Map<ObjectKey, Known> known = new HashMap<>();
    private final CompletableFuture<Integer> done = new CompletableFuture<>();
    private int left;
    private int written;

    /** How a client reads. */
    interface Reading {
        CompletionStage<ClusterState> read(Store store);
    }

    Client(
            String name,
            Store store,
            Reading reading,
            List<ObjectKey> keys,
            long seed,
            AtomicLong time,
            Executor executor,
            Consumer<Operation> history) {
        this.name = name;
        this.store = store;
        this.reading = reading;
        this.keys = keys;
        this.random = new Random(seed);
        this.time = time;
        this.executor = executor;
        this.history = history;
    }

    /** Answers how many writes took effect. */
    CompletableFuture<Integer> run(int operations) {
        left = operations;
        executor.execute(this::next);
        return done;
    }

    private void next() {
        if (left-- == 0) {
            done.complete(written);
            return;
        }
        ObjectKey key = keys.get(random.nextInt(keys.size()));
        Known holds = known.get(key);
        if (holds == null || random.nextInt(3) == 0) {
            read(key);
        } else {
            write(key, holds);
        }
    }

    private void read(ObjectKey key) {
        long invoked = time.incrementAndGet();
        reading.read(store)
                .whenComplete((state, failure) -> {
                    if (failure == null) {
                        Known holds = Known.of(state.get(key));
                        known.put(key, holds);
                        note(key, new Step.Read(holds.value), invoked);
                    }
                    executor.execute(this::next);
                });
    }

    private void write(ObjectKey key, Known holds) {
        String value = random.nextInt(5) == 0 ? "" : name + "-" + left;
        byte[] bytes = value.isEmpty() ? null : value.getBytes(UTF_8);
        long invoked = time.incrementAndGet();
        if (holds.version == 0 && value.isEmpty()) {
            executor.execute(this::next);
            return; // nothing is there to delete
        }
        store.write(key, bytes, Sample.header(holds.version))
                .whenComplete((outcome, failure) -> {
                    if (outcome != null) {
                        answered(key, holds.value, value, outcome, invoked);
                    } else if (failure instanceof LogUnavailableException away
                            && !away.mayHaveHappened()) {
                        known.remove(key);
                    } else {
                        known.remove(key);
                        Step step = new Step.Unknown(holds.value, value);
                        history.accept(
                                new Operation(name, key.logKey(), step, invoked, Operation.NEVER));
                    }
                    executor.execute(this::next);
                });
    }

    private void answered(
            ObjectKey key, String expected, String value, Outcome outcome, long invoked) {
        switch (outcome) {
            case Outcome.Won won -> {
                written++;
                long version = value.isEmpty() ? 0 : won.resourceVersion();
                known.put(key, new Known(version, value));
                note(key, new Step.Wrote(expected, value), invoked);
            }
            case Outcome.Lost() -> {
                known.remove(key);
                note(key, new Step.Refused(expected, value), invoked);
            }
        }
    }

    private void note(ObjectKey key, Step step, long invoked) {
        history.accept(new Operation(name, key.logKey(), step, invoked, time.incrementAndGet()));
    }

    private record Known(long version, String value) {

        static Known of(@Nullable Stored stored) {
            return stored == null
                    ? new Known(0, "")
                    : new Known(stored.resourceVersion(), new String(stored.value(), UTF_8));
        }
    }
}
