package dev.orrery.apiserver.store;

import dev.orrery.apiserver.store.Change.Edit;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Queue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One watch: first it is told the past by whoever began it, while what happens meanwhile waits
 * behind; then the reading thread tells it. Calls of the sink are made under its monitor, which is
 * what makes them one at a time.
 */
final class LiveWatch implements Watch {

    private static final Logger LOG = System.getLogger(LiveWatch.class.getName());

    private final Scope scope;
    private final WatchSink sink;
    private final LongSupplier delivered;
    private final Runnable onClose;

    /** Changes that came while the past was told; null once that is done. Guarded by this. */
    private @Nullable Queue<Change> behind = new ArrayDeque<>();

    /** Everything up to this version was told. Guarded by this, once the past was told. */
    private long told;

    private boolean progressWanted;
    private volatile boolean closed;

    /**
     * @param delivered the version up to which all watches were told
     */
    LiveWatch(Scope scope, long after, WatchSink sink, LongSupplier delivered, Runnable onClose) {
        this.scope = scope;
        this.told = after;
        this.sink = sink;
        this.delivered = delivered;
        this.onClose = onClose;
    }

    /** Tells the past, once, in the caller's frame. */
    void catchUp(Collection<Change> past) {
        past.forEach(this::deliver);
        synchronized (this) {
            if (behind != null) {
                behind.forEach(this::deliver);
                behind = null;
            }
            if (progressWanted) {
                requestProgress();
            }
        }
    }

    /** A change in the watch's scope was read. */
    synchronized void tell(Change change) {
        if (behind != null) {
            behind.add(change);
        } else {
            deliver(change);
        }
    }

    @Override
    public synchronized void requestProgress() {
        progressWanted = behind != null;
        if (!closed && behind == null) {
            told = Math.max(told, delivered.getAsLong());
            sink.progress(told);
        }
    }

    void end(Exception reason) {
        synchronized (this) {
            if (closed) {
                return;
            }
            close();
            sink.end(reason);
        }
    }

    @Override
    public void close() {
        closed = true;
        onClose.run();
    }

    private void deliver(Change change) {
        if (change.resourceVersion() <= told) {
            return;
        }
        for (Edit edit : change.edits()) {
            if (!closed && scope.covers(edit.either().key())) {
                deliver(edit, change);
            }
        }
        told = change.resourceVersion();
    }

    /** A sink that throws ends its own watch, and nothing else. */
    private void deliver(Edit edit, Change change) {
        try {
            sink.changed(edit.before(), edit.after(), change.record());
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a watch ended because its sink failed", e);
            end(e);
        }
    }
}
