package dev.orrery.machinery.lease;

import dev.orrery.machinery.store.ApiException;
import dev.orrery.machinery.store.StoreClient;
import dev.orrery.machinery.time.Clock;
import dev.orrery.machinery.time.Clock.Timer;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One candidate for a Lease, by the rules of Kubernetes' leader election. It trusts no other
 * process's clock: a lease has expired when it was not seen to change for its duration. A leader
 * that cannot renew in time stops being one before anyone else may start.
 *
 * <p>Attempts are tasks of the executor, one at a time.
 */
public final class LeaderElection {

    private static final Logger LOGGER = System.getLogger(LeaderElection.class.getName());

    private final ElectionConfig config;
    private final StoreClient store;
    private final Clock clock;
    private final Executor executor;
    private final RandomGenerator random;
    private final Candidate candidate;

    private boolean leading;
    private boolean stopped;
    private Timer deadline = () -> {};

    /** What the lease was when it was last seen to change, and when that was. */
    private @Nullable Lease observed;

    private Instant observedAt = Instant.MIN;

    public LeaderElection(
            ElectionConfig config,
            StoreClient store,
            Clock clock,
            Executor executor,
            RandomGenerator random,
            Candidate candidate) {
        this.config = config;
        this.store = store;
        this.clock = clock;
        this.executor = executor;
        this.random = random;
        this.candidate = candidate;
    }

    /** Begins to try. */
    public void start() {
        executor.execute(this::attempt);
    }

    /**
     * Stops trying; a leader gives the lease back, and is not told that it lost it. The stage
     * completes when that is done, or could not be.
     */
    public CompletionStage<Void> stop() {
        boolean release;
        synchronized (this) {
            release = leading;
            leading = false;
            stopped = true;
            deadline.cancel();
        }
        CompletableFuture<Void> released = new CompletableFuture<>();
        if (release) {
            executor.execute(() -> {
                release();
                released.complete(null);
            });
        } else {
            released.complete(null);
        }
        return released;
    }

    public synchronized boolean isLeading() {
        return leading;
    }

    private void attempt() {
        if (isStopped()) {
            return;
        }
        Instant begun = clock.instant();
        if (holds(begun)) {
            renewed(begun);
        }
        clock.schedule(pause(), () -> executor.execute(this::attempt));
    }

    /** A leader keeps time; candidates spread. */
    private Duration pause() {
        Duration period = config.retryPeriod();
        if (isLeading()) {
            return period;
        }
        double jitter = random.nextDouble() * ElectionConfig.JITTER;
        return period.plusNanos((long) (period.toNanos() * jitter));
    }

    private void renewed(Instant at) {
        boolean won;
        synchronized (this) {
            if (stopped) {
                return;
            }
            Duration left = Duration.between(clock.instant(), at.plus(config.renewDeadline()));
            won = !leading;
            if (won && !left.isPositive()) {
                return; // the answer came too late to lead by; the next attempt renews the lease
            }
            leading = true;
            deadline.cancel();
            deadline = clock.schedule(left, this::lose);
        }
        if (won) {
            LOGGER.log(
                    Level.INFO,
                    () -> "became leader lease=" + config.name() + " id=" + config.identity());
            candidate.lead();
        }
    }

    private void lose() {
        synchronized (this) {
            if (!leading) {
                return;
            }
            leading = false;
        }
        LOGGER.log(Level.WARNING, () -> "leader election lost lease=" + config.name());
        executor.execute(candidate::lost);
    }

    /** Takes or renews the lease if it may. */
    private boolean holds(Instant now) {
        try {
            Lease lease = read();
            if (lease == null) {
                observe(store.create(LeaseRecord.first(config, now)), now);
                return true;
            }
            observe(lease, now);
            boolean mine = LeaseRecord.holder(lease).equals(config.identity());
            if (!mine && !isFree(lease, now)) {
                return false;
            }
            Lease next =
                    mine
                            ? LeaseRecord.renewed(lease, config, now)
                            : LeaseRecord.taken(lease, config, now);
            observe(store.update(next), now);
            return true;
        } catch (RuntimeException e) {
            LOGGER.log(
                    Level.DEBUG,
                    () -> "lease attempt failed lease=" + config.name() + " " + e.getMessage());
            return false;
        }
    }

    private @Nullable Lease read() {
        try {
            return store.get(Lease.class, config.namespace(), config.name());
        } catch (ApiException e) {
            if (e.isNotFound()) {
                return null;
            }
            throw e;
        }
    }

    private void observe(Lease lease, Instant now) {
        if (observed == null || !observed.getSpec().equals(lease.getSpec())) {
            observed = lease;
            observedAt = now;
        }
    }

    private boolean isFree(Lease lease, Instant now) {
        return LeaseRecord.holder(lease).isEmpty()
                || !observedAt.plus(LeaseRecord.duration(lease)).isAfter(now);
    }

    private void release() {
        try {
            Lease lease = read();
            if (lease != null && LeaseRecord.holder(lease).equals(config.identity())) {
                store.update(LeaseRecord.released(lease, config, clock.instant()));
            }
        } catch (RuntimeException e) {
            LOGGER.log(
                    Level.DEBUG,
                    () -> "lease not released lease=" + config.name() + " " + e.getMessage());
        }
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    /** Who wants to lead. Both are called on the executor's threads. */
    public interface Candidate {

        /** This process is the leader now. */
        void lead();

        /**
         * This process must stop working at once: another will take over. Kubernetes' components
         * end their process.
         */
        void lost();
    }
}
