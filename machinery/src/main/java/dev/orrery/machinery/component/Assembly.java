package dev.orrery.machinery.component;

import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.event.StoreEventRecorder;
import dev.orrery.machinery.informer.LogInformers;
import dev.orrery.machinery.lease.ElectionConfig;
import dev.orrery.machinery.lease.LeaderElection;
import dev.orrery.machinery.log.ClusterLog;
import dev.orrery.machinery.metric.MeasuredTransport;
import dev.orrery.machinery.metric.Metrics;
import dev.orrery.machinery.store.StoreClient;
import dev.orrery.machinery.store.Transport;
import dev.orrery.machinery.time.Clock;
import dev.orrery.machinery.trace.Tracer;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * The parts of a component that are there once its edges are.
 *
 * <p>Life: the informers start first; when they are synced, the core is started, or where an
 * election is held, once it is won.
 */
final class Assembly implements LeaderElection.Candidate {

    private final LogInformers informers;
    private final Core core;
    private final LeaderElection election;
    private final boolean elected;
    private final Runnable lost;
    private boolean working;
    private boolean stopped;

    /**
     * @param lost what is to happen when the lease is lost
     */
    Assembly(
            ComponentConfig config,
            Core.Factory cores,
            ClusterLog log,
            Transport transport,
            Clock clock,
            Executor executor,
            RandomGenerator random,
            Metrics metrics,
            Tracer tracer,
            Runnable lost) {
        StoreClient store = new StoreClient(new MeasuredTransport(transport, clock, metrics));
        this.lost = lost;
        this.elected = config.leaderElection();
        this.informers = new LogInformers(log, transport, clock, executor);
        this.election =
                new LeaderElection(
                        ElectionConfig.of(config.kubernetesName(), identity(config)),
                        store,
                        clock,
                        executor,
                        random,
                        this);
        StoreEventRecorder events =
                new StoreEventRecorder(config.kubernetesName(), store, clock, executor);
        this.core =
                cores.create(
                        new Surroundings(
                                clock, executor, random, store, informers, events, metrics,
                                tracer));
        informers.measure(metrics.histogram("orrery_log_apply_latency_seconds", ""));
        metrics.gauge("orrery_log_applied", "", informers::applied);
        if (elected) {
            metrics.gauge(
                    "leader_election_master_status",
                    "name=\"" + config.kubernetesName() + '"',
                    () -> election.isLeading() ? 1 : 0);
        }
    }

    void start() {
        informers.start().thenRun(elected ? election::start : this::lead);
    }

    /** Nothing is done any more when the lease is given back; then the stage completes. */
    CompletionStage<Void> stop() {
        if (stopsWorking()) {
            core.stop();
        }
        informers.stop();
        return election.stop();
    }

    /** False while another holds the lease. */
    synchronized boolean isWorking() {
        return working;
    }

    Map<String, Double> figures() {
        return core.figures();
    }

    LogInformers informers() {
        return informers;
    }

    @Override
    public void lead() {
        if (startsWorking()) {
            core.start();
        }
    }

    @Override
    public void lost() {
        lost.run();
    }

    private synchronized boolean startsWorking() {
        working = !stopped;
        return working;
    }

    private synchronized boolean stopsWorking() {
        boolean worked = working;
        working = false;
        stopped = true;
        return worked;
    }

    /** Not from the component's own random source: two may have the same seed. */
    private static String identity(ComponentConfig config) {
        return config.service() + "_" + UUID.randomUUID();
    }
}
