package dev.orrery.machinery.component;

import dev.orrery.machinery.log.ClusterLog;
import dev.orrery.machinery.store.Transport;
import dev.orrery.machinery.time.Clock;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Random;
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
    private final Runnable fatal;
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

    public void stop() {
        Assembly running;
        synchronized (this) {
            stopped = true;
            running = assembly;
        }
        if (running != null) {
            dismantle(running);
        }
    }

    private void dismantle(Assembly running) {
        running.stop();
        edges.close();
    }

    /** The informers hold the cluster's state. */
    public synchronized boolean isReady() {
        return assembly != null && assembly.informers().isSynced() && !stopped;
    }

    /** The resourceVersion that this component has read up to; 0 before it has read any. */
    public synchronized long applied() {
        return assembly == null ? 0 : assembly.informers().applied();
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
        return new Assembly(config, cores, log, transport, clock, executor, random, fatal);
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
            dismantle(assembled);
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
