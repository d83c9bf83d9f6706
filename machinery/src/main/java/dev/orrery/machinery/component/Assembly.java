package dev.orrery.machinery.component;

import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.event.StoreEventRecorder;
import dev.orrery.machinery.informer.LogInformers;
import dev.orrery.machinery.lease.ElectionConfig;
import dev.orrery.machinery.lease.LeaderElection;
import dev.orrery.machinery.log.ClusterLog;
import dev.orrery.machinery.store.StoreClient;
import dev.orrery.machinery.store.Transport;
import dev.orrery.machinery.time.Clock;
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
            Runnable lost) {
        StoreClient store = new StoreClient(transport);
        this.lost = lost;
        this.elected = config.leaderElection();
        this.informers = new LogInformers(log, transport, clock, executor);
        this.election =
                new LeaderElection(
                        ElectionConfig.of(config.kubernetesName(), identity(config, random)),
                        store,
                        clock,
                        executor,
                        random,
                        this);
        StoreEventRecorder events =
                new StoreEventRecorder(config.kubernetesName(), store, clock, executor);
        this.core =
                cores.create(new Surroundings(clock, executor, random, store, informers, events));
    }

    void start() {
        informers.start().thenRun(elected ? election::start : this::lead);
    }

    void stop() {
        election.stop();
        if (stopsWorking()) {
            core.stop();
        }
        informers.stop();
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

    private static String identity(ComponentConfig config, RandomGenerator random) {
        return config.service() + "_" + Long.toHexString(random.nextLong());
    }
}
