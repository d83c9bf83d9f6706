package dev.orrery.apiserver.establish;

import dev.orrery.apiserver.pipeline.World;
import dev.orrery.apiserver.store.ClusterState;
import dev.orrery.apiserver.store.ExpiredException;
import dev.orrery.apiserver.store.Store;
import dev.orrery.apiserver.store.Stored;
import dev.orrery.apiserver.store.Watch;
import dev.orrery.apiserver.store.WatchSink;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.LogRecord;
import dev.orrery.machinery.time.Clock;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Follows the objects of a cluster-scoped resource in the log, and has work done on each one that
 * changed: one at a time, in the order in which they changed. Every replica does so; the log lets
 * one of them write, and the others find nothing left to do.
 *
 * <p>Changes come on the log's thread, the work is done in the executor.
 */
final class Follower implements AutoCloseable {

    private static final Logger LOGGER = System.getLogger(Follower.class.getName());

    /** What is to be done about one object, which may be gone. */
    @FunctionalInterface
    interface Work {

        /** Whether nothing is left to do until the object changes. */
        CompletionStage<Boolean> on(String name);
    }

    /** Objects that others hold by finalizers may take any time to go. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final World world;
    private final Store store;
    private final GroupResource resource;
    private final Work work;

    /** Names that wait; never more than there are objects. Guarded by this. */
    private final Set<String> waiting = new LinkedHashSet<>();

    private boolean busy;
    private boolean closed;
    private @Nullable Watch watch;
    private Clock.@Nullable Timer timer;

    Follower(World world, GroupResource resource, Work work) {
        this.world = world;
        this.store = world.stores().registry();
        this.resource = resource;
        this.work = work;
    }

    /** After the log has been read. */
    void start() {
        ClusterState state = store.current();
        for (Stored stored : state.list(resource)) {
            enqueue(stored.key().name());
        }
        try {
            follow(state.resourceVersion());
        } catch (ExpiredException _) {
            again();
        }
    }

    private void follow(long version) {
        Watch opened = store.watch(resource, "", version, new Sink());
        boolean late;
        synchronized (this) {
            late = closed;
            watch = opened;
        }
        if (late) {
            opened.close();
        }
    }

    private void again() {
        world.executor().execute(this::start);
    }

    /** What the watch tells. */
    private final class Sink implements WatchSink {

        @Override
        public void changed(@Nullable Stored before, @Nullable Stored after, LogRecord record) {
            Stored either = after == null ? before : after;
            if (either != null) {
                enqueue(either.key().name());
            }
        }

        @Override
        public void progress(long resourceVersion) {}

        @Override
        public void end(Exception reason) {
            if (reason instanceof ExpiredException) {
                again();
            }
        }
    }

    /** Has work done on one object soon. */
    void enqueue(String name) {
        synchronized (this) {
            if (closed || !waiting.add(name) || busy) {
                return;
            }
            busy = true;
        }
        world.executor().execute(this::next);
    }

    private void next() {
        String name;
        synchronized (this) {
            Iterator<String> names = waiting.iterator();
            if (closed || !names.hasNext()) {
                busy = false;
                return;
            }
            name = names.next();
            names.remove();
        }
        CompletionStage<Boolean> done = work.on(name);
        done.whenComplete((settled, failure) -> {
            if (failure != null) {
                LOGGER.log(
                        Level.WARNING,
                        () -> "not up to date resource=" + resource + " name=" + name,
                        failure);
            }
            if (failure != null || !settled) {
                later(name);
            }
            world.executor().execute(this::next);
        });
    }

    private synchronized void later(String name) {
        if (!closed) {
            timer = world.clock().schedule(LOOK_AGAIN, () -> enqueue(name));
        }
    }

    @Override
    public void close() {
        Watch open;
        synchronized (this) {
            closed = true;
            waiting.clear();
            open = watch;
            if (timer != null) {
                timer.cancel();
            }
        }
        if (open != null) {
            open.close();
        }
    }
}
