package dev.orrery.machinery.testing;

import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.event.StoreEventRecorder;
import dev.orrery.machinery.informer.LogInformers;
import dev.orrery.machinery.log.MemoryLog;
import dev.orrery.machinery.store.StoreClient;
import dev.orrery.machinery.time.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/**
 * The surroundings of one component in a test: virtual time, tasks that the test runs, an
 * api-server in memory. Records reach the informers in tasks of their own, so that a test can hold
 * them back.
 */
public final class World {

    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    public final ManualClock clock = new ManualClock(START);
    public final Tasks tasks = new Tasks();
    public final Tasks deliveries = new Tasks();
    public final MemoryLog log = new MemoryLog(deliveries);
    public final FakeApiServer api = new FakeApiServer(log);
    public final LogInformers informers = new LogInformers(log, api, clock, tasks);
    public final StoreClient store = new StoreClient(api);
    public final Surroundings surroundings =
            new Surroundings(
                    clock,
                    tasks,
                    new Random(1),
                    store,
                    informers,
                    new StoreEventRecorder("test", store, clock, tasks));

    /** Starts the informers and runs until nothing is left to do at this time. */
    public void start() {
        informers.start();
        settle();
    }

    /** Runs tasks and delivers records until neither is left; the time stands still. */
    public void settle() {
        while (tasks.size() + deliveries.size() > 0) {
            deliveries.runAll();
            tasks.runAll();
            clock.advance(Duration.ZERO);
        }
    }

    /** Lets time pass, settling whenever a timer has run. */
    public void pass(Duration duration) {
        Instant end = clock.instant().plus(duration);
        settle();
        while (clock.nextDue().filter(due -> !due.isAfter(end)).isPresent()) {
            clock.runNext();
            settle();
        }
        clock.advanceTo(end);
    }
}
