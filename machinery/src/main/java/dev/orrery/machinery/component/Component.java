package dev.orrery.machinery.component;

import dev.orrery.machinery.log.ClusterLog;
import dev.orrery.machinery.metric.Metrics;
import dev.orrery.machinery.store.Transport;
import dev.orrery.machinery.time.Clock;
import dev.orrery.machinery.trace.Tracer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One component as a service: assembled from the edges when these are there, which it waits for as
 * long as it takes, and dismantled at the stop. All of its own work is done in the executor's
 * tasks.
 */
public final class Component {

    private static final Logger LOGGER = System.getLogger(Component.class.getName());

    private static final Duration RETRY = Duration.ofMillis(500);

    private final ComponentConfig config;
    private final Core.Factory cores;
    private final Edges edges;
    private final Clock clock;
    private final Executor executor;
    private final Tracer tracer;
    private final Runnable fatal;
    private final Metrics metrics = new Metrics();
    private @Nullable Assembly assembly;
    private boolean stopped;
    private boolean waited;

    /**
     * @param fatal ends the process: what went wrong is in the log, and will not get better
     */
    Component(
            ComponentConfig config,
            Core.Factory cores,
            Edges edges,
            Clock clock,
            Executor executor,
            Runnable fatal) {
        this(config, cores, edges, clock, executor, Tracer.NONE, fatal);
    }

    Component(
            ComponentConfig config,
            Core.Factory cores,
            Edges edges,
            Clock clock,
            Executor executor,
            Tracer tracer,
            Runnable fatal) {
        this.tracer = tracer;
        this.config = config;
        this.cores = cores;
        this.edges = edges;
        this.clock = clock;
        this.executor = executor;
        this.fatal = fatal;
    }

    public ComponentConfig config() {
        return config;
    }

    /** Returns at once. */
    public void start() {
        executor.execute(this::assemble);
    }

    /** Returns at once; the stage completes when all is given back. */
    public CompletionStage<Void> stop() {
        Assembly running;
        synchronized (this) {
            stopped = true;
            running = assembly;
        }
        return running == null ? CompletableFuture.completedStage(null) : dismantle(running);
    }

    private CompletionStage<Void> dismantle(Assembly running) {
        return running.stop().whenComplete((_, _) -> edges.close());
    }

    /** The informers hold the cluster's state. */
    public synchronized boolean isReady() {
        return assembly != null && assembly.informers().isSynced() && !stopped;
    }

    /** What the core tells of its work. */
    public synchronized Map<String, Double> figures() {
        return assembly == null ? Map.of() : assembly.figures();
    }

    /** Not while another of its kind holds the lease. */
    public synchronized boolean isWorking() {
        return assembly != null && assembly.isWorking();
    }

    /** The resourceVersion that this component has read up to; 0 before it has read any. */
    public synchronized long applied() {
        return assembly == null ? 0 : assembly.informers().applied();
    }

    /** What was counted, as Prometheus reads it. */
    public String metrics() {
        return metrics.text();
    }

    private void assemble() {
        if (isStopped()) {
            return;
        }
        Transport transport;
        ClusterLog log;
        try {
            transport = edges.transport(config, clock);
            log = edges.log(config);
        } catch (RuntimeException e) {
            edges.close();
            again(e);
            return;
        }
        try {
            run(assembly(log, transport));
        } catch (RuntimeException e) {
            LOGGER.log(Level.ERROR, "component cannot start service=" + config.service(), e);
            fatal.run();
        }
    }

    private Assembly assembly(ClusterLog log, Transport transport) {
        Random random = new Random(config.seed().orElseGet(() -> clock.instant().toEpochMilli()));
        return new Assembly(
                config, cores, log, transport, clock, executor, random, metrics, tracer, fatal);
    }

    private void run(Assembly assembled) {
        boolean wanted;
        synchronized (this) {
            wanted = !stopped;
            assembly = wanted ? assembled : null;
        }
        if (wanted) {
            assembled.start();
        } else {
            var _ = dismantle(assembled);
        }
    }

    private synchronized void again(RuntimeException reason) {
        if (!waited) {
            LOGGER.log(
                    Level.INFO,
                    () ->
                            "component waits for the cluster service=%s reason=\"%s\""
                                    .formatted(config.service(), reason.getMessage()));
        }
        waited = true;
        if (!stopped) {
            clock.schedule(RETRY, () -> executor.execute(this::assemble));
        }
    }

    private synchronized boolean isStopped() {
        return stopped;
    }
}
