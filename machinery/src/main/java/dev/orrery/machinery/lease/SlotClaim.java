package dev.orrery.machinery.lease;

import dev.orrery.machinery.store.ApiException;
import dev.orrery.machinery.store.StoreClient;
import dev.orrery.machinery.time.Clock;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the processes of a kind: each holds one of a row of Leases, the first that nobody holds.
 * A process that ends leaves its number to the next one. Unlike a leader, a holder that cannot
 * renew goes on, since nothing is done twice by it; only when another process has taken its Lease
 * it must end.
 *
 * <p>Attempts are tasks of the executor, one at a time.
 */
public final class SlotClaim {

    private static final Logger LOGGER = System.getLogger(SlotClaim.class.getName());

    private static final Duration RENEWAL = Duration.ofSeconds(2);
    private static final Duration RETRY = Duration.ofMillis(300);
    private static final Duration DURATION = Duration.ofSeconds(15);

    /** More processes than anybody starts of one kind. */
    private static final int MOST_SLOTS = 256;

    private final String name;
    private final StoreClient store;
    private final Clock clock;
    private final Executor executor;
    private final String identity;
    private final Runnable lost;
    private final CompletableFuture<Integer> slot = new CompletableFuture<>();

    /** What the lease of each slot was when it was last seen to change, and when that was. */
    private final List<Seen> seen = new ArrayList<>();

    private volatile boolean stopped;

    /**
     * @param name of the row of Leases; a number follows
     * @param identity unique among all processes
     * @param lost ends the process
     */
    public SlotClaim(
            String name,
            StoreClient store,
            Clock clock,
            Executor executor,
            String identity,
            Runnable lost) {
        this.name = name;
        this.store = store;
        this.clock = clock;
        this.executor = executor;
        this.identity = identity;
        this.lost = lost;
    }

    /** Begins to try. */
    public void start() {
        executor.execute(this::attempt);
    }

    /** Blocks until a slot is held; its number, from 0. */
    public int await() {
        return slot.join();
    }

    /** The number of the slot, once one is held. */
    public CompletableFuture<Integer> slot() {
        return slot.copy();
    }

    /** Leaves the slot to the next process. Blocks. */
    public void release() {
        stopped = true;
        if (!slot.isDone()) {
            return;
        }
        try {
            Lease lease = read(slot.join());
            if (lease != null && LeaseRecord.holder(lease).equals(identity)) {
                store.update(LeaseRecord.released(lease, config(slot.join()), clock.instant()));
            }
        } catch (RuntimeException e) {
            LOGGER.log(Level.DEBUG, () -> "slot not released " + e.getMessage());
        }
    }

    private void attempt() {
        if (stopped) {
            return;
        }
        try {
            if (slot.isDone()) {
                renew(slot.join());
            } else {
                claim();
            }
        } catch (RuntimeException e) {
            LOGGER.log(Level.DEBUG, () -> "slot attempt failed " + e.getMessage());
        }
        clock.schedule(slot.isDone() ? RENEWAL : RETRY, () -> executor.execute(this::attempt));
    }

    private void renew(int number) {
        Lease lease = read(number);
        if (lease == null) {
            store.create(LeaseRecord.first(config(number), clock.instant()));
        } else if (LeaseRecord.holder(lease).equals(identity)) {
            store.update(LeaseRecord.renewed(lease, config(number), clock.instant()));
        } else {
            LOGGER.log(Level.ERROR, () -> "slot was taken lease=" + config(number).name());
            stopped = true;
            executor.execute(lost);
        }
    }

    /**
     * Takes the first slot that is free. A new one is made only where each of the others is known
     * to be held, since its holder was seen to renew it: who starts in the place of a process that
     * died is to get its number.
     */
    private void claim() {
        boolean first = seen.isEmpty();
        boolean allHeld = true;
        for (int number = 0; number < MOST_SLOTS; number++) {
            Instant now = clock.instant();
            Lease lease = read(number);
            if (lease == null) {
                if (allHeld) {
                    store.create(LeaseRecord.first(config(number), now));
                    hold(number);
                }
                return;
            }
            observe(number, lease, now, !first);
            if (LeaseRecord.holder(lease).equals(identity) || isFree(number, lease, now)) {
                store.update(LeaseRecord.taken(lease, config(number), now));
                hold(number);
                return;
            }
            allHeld &= seen.get(number).alive;
        }
        throw new IllegalStateException("all " + MOST_SLOTS + " slots are taken: " + name);
    }

    private void hold(int number) {
        LOGGER.log(Level.INFO, () -> "slot taken lease=" + config(number).name());
        slot.complete(number);
    }

    /**
     * Somebody is alive who made or renewed a lease while this process looked on.
     *
     * @param appeared whether a lease that was not seen before is new
     */
    private void observe(int number, Lease lease, Instant now, boolean appeared) {
        if (number == seen.size()) {
            seen.add(new Seen(lease, now, appeared));
        } else if (!seen.get(number).lease.getSpec().equals(lease.getSpec())) {
            seen.set(number, new Seen(lease, now, true));
        }
    }

    private boolean isFree(int number, Lease lease, Instant now) {
        return LeaseRecord.holder(lease).isEmpty()
                || !seen.get(number).since.plus(LeaseRecord.duration(lease)).isAfter(now);
    }

    private @Nullable Lease read(int number) {
        ElectionConfig config = config(number);
        try {
            return store.get(Lease.class, config.namespace(), config.name());
        } catch (ApiException e) {
            if (e.isNotFound()) {
                return null;
            }
            throw e;
        }
    }

    private ElectionConfig config(int number) {
        return new ElectionConfig(
                "kube-system",
                name + "-" + number,
                identity,
                DURATION,
                RENEWAL.multipliedBy(3),
                RENEWAL);
    }

    private record Seen(Lease lease, Instant since, boolean alive) {}
}
