package dev.orrery.machinery;

import dev.orrery.machinery.event.EventRecorder;
import dev.orrery.machinery.informer.Informers;
import dev.orrery.machinery.metric.Metrics;
import dev.orrery.machinery.store.StoreClient;
import dev.orrery.machinery.time.Clock;
import dev.orrery.machinery.trace.Tracer;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * All that a component's core is given, and all that it may use of the world. As services this is
 * gRPC, Kafka, virtual threads and the wall clock; on the workbench a seed decides everything.
 *
 * @param executor runs each task on a thread of its own that may block in the store client
 */
public record Surroundings(
        Clock clock,
        Executor executor,
        RandomGenerator random,
        StoreClient store,
        Informers informers,
        EventRecorder events,
        Metrics metrics,
        Tracer tracer) {

    /** Where nobody reads what is counted and traced. */
    public Surroundings(
            Clock clock,
            Executor executor,
            RandomGenerator random,
            StoreClient store,
            Informers informers,
            EventRecorder events) {
        this(clock, executor, random, store, informers, events, new Metrics(), Tracer.NONE);
    }

    /** The same, for one controller of a component, which writes as its own account. */
    public Surroundings actingAs(String account) {
        return new Surroundings(
                clock,
                executor,
                random,
                store.asController(account),
                informers,
                events,
                metrics,
                tracer);
    }

    /** The same, where events come from a part of the component: {@code deployment-controller}. */
    public Surroundings recordingAs(String source) {
        return new Surroundings(
                clock,
                executor,
                random,
                store,
                informers,
                events.from(source, ""),
                metrics,
                tracer);
    }
}
