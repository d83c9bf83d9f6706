package dev.orrery.apiserver.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orrery.machinery.log.LogUnavailableException;
import dev.orrery.machinery.log.ObjectKey;
import dev.orrery.machinery.log.WriteHeader;
import dev.orrery.machinery.testing.register.Operation;
import dev.orrery.machinery.testing.register.Operation.Step;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
    private final Map<String, Long> acknowledged = new LinkedHashMap<>();
    private final CompletableFuture<Map<String, Long>> done = new CompletableFuture<>();
    private Executor afterFailure;
    private int left;
    private int serial;

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
        this.afterFailure = executor;
        this.history = history;
    }

    /** Waits a little after an operation that failed, where time is real. */
    Client pausing(Executor executorAfterFailure) {
        afterFailure = executorAfterFailure;
        return this;
    }

    /**
     * Goes on until so many operations were answered. The result is the writes that took effect:
     * their versions by their ids.
     */
    CompletableFuture<Map<String, Long>> run(int operations) {
        left = operations;
        executor.execute(this::next);
        return done;
    }

    private void next() {
        if (left == 0) {
            done.complete(acknowledged);
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
                    if (failure != null) {
                        afterFailure.execute(this::next);
                        return;
                    }
                    Known holds = Known.of(state.get(key));
                    known.put(key, holds);
                    answered(key, new Step.Read(holds.value), invoked);
                });
    }

    private void write(ObjectKey key, Known holds) {
        boolean deletes = holds.version > 0 && random.nextInt(5) == 0;
        String value = deletes ? "" : name + "-" + ++serial;
        WriteHeader header = Sample.header(holds.version);
        long invoked = time.incrementAndGet();
        store.write(key, deletes ? null : value.getBytes(UTF_8), header)
                .whenComplete((outcome, failure) -> {
                    known.remove(key);
                    if (failure == null) {
                        decided(key, holds.value, value, outcome, header, invoked);
                    } else {
                        failed(key, holds.value, value, failure, invoked);
                    }
                });
    }

    private void decided(
            ObjectKey key,
            String expected,
            String value,
            Outcome outcome,
            WriteHeader header,
            long invoked) {
        switch (outcome) {
            case Outcome.Won won -> {
                acknowledged.put(header.id(), won.resourceVersion());
                known.put(key, new Known(value.isEmpty() ? 0 : won.resourceVersion(), value));
                answered(key, new Step.Wrote(expected, value), invoked);
            }
            case Outcome.Lost() -> answered(key, new Step.Refused(expected, value), invoked);
        }
    }

    private void failed(
            ObjectKey key, String expected, String value, Throwable failure, long invoked) {
        boolean certainlyNot =
                failure instanceof LogUnavailableException away && !away.mayHaveHappened();
        if (!certainlyNot) {
            Step step = new Step.Unknown(expected, value);
            history.accept(new Operation(name, key.logKey(), step, invoked, Operation.NEVER));
        }
        afterFailure.execute(this::next);
    }

    private void answered(ObjectKey key, Step step, long invoked) {
        history.accept(new Operation(name, key.logKey(), step, invoked, time.incrementAndGet()));
        left--;
        executor.execute(this::next);
    }

    private record Known(long version, String value) {

        static Known of(@Nullable Stored stored) {
            return stored == null
                    ? new Known(0, "")
                    : new Known(stored.resourceVersion(), new String(stored.value(), UTF_8));
        }
    }
}
