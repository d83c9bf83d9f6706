package dev.orrery.apiserver.pipeline;

import dev.orrery.apiserver.answer.Event;
import dev.orrery.apiserver.answer.EventLines;
import dev.orrery.apiserver.answer.Outflow;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.apiserver.store.ExpiredException;
import dev.orrery.apiserver.store.Stored;
import dev.orrery.apiserver.store.Watch;
import dev.orrery.apiserver.store.WatchSink;
import dev.orrery.machinery.log.LogRecord;
import dev.orrery.machinery.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One client's watch. The log's thread puts events in, and never waits; the edge takes lines out,
 * as fast as its client reads. A client that falls too far behind is cut off, and begins again from
 * the last version that it saw, as Kubernetes' clients do.
 */
public final class WatchStream implements WatchSink, Outflow {

    /** Events are references into the store's window, so that a long queue costs little. */
    private static final int MAX_QUEUED = 20_000;

    private static final byte[] NOTHING = {};

    private final EventLines lines;
    private final boolean bookmarks;
    private final @Nullable EventConversion conversion;
    private final Deque<Event> ready = new ArrayDeque<>();
    private boolean converting;
    private final Deque<Event> queue = new ArrayDeque<>();
    private Iterator<Stored> initial = Collections.emptyIterator();
    private Runnable onReady = () -> {};
    private List<AutoCloseable> resources = List.of();
    private boolean ended;
    private boolean finished;

    /**
     * @param conversion shows events in the version of the watch; null where they are already
     */
    WatchStream(EventLines lines, boolean bookmarks, @Nullable EventConversion conversion) {
        this.lines = lines;
        this.bookmarks = bookmarks;
        this.conversion = conversion;
    }

    /** What there was when the watch began comes first, as additions. */
    synchronized void begin(Iterator<Stored> state) {
        initial = state;
    }

    /** What to close with this: the store's watch, and the timer that ends it. */
    void holds(@Nullable Watch watch, Clock.Timer timer) {
        boolean already;
        synchronized (this) {
            resources = watch == null ? List.of(timer::cancel) : List.of(watch, timer::cancel);
            already = finished;
        }
        if (already) {
            close();
        }
    }

    @Override
    public void onReady(Runnable task) {
        synchronized (this) {
            onReady = task;
        }
        task.run();
    }

    @Override
    public synchronized byte @Nullable [] poll() {
        while (!finished) {
            byte[] line = next();
            if (line == null || line.length > 0) {
                return line == null ? NOTHING : line;
            }
        }
        return null;
    }

    /** Null if there is none yet, empty if it is not for this client. */
    private byte @Nullable [] next() {
        Event event = conversion == null ? take() : converted(conversion);
        if (event == null) {
            return null;
        }
        finished = event instanceof Event.Failed || event instanceof Event.Ended;
        return lines.line(event);
    }

    private @Nullable Event take() {
        if (initial.hasNext()) {
            Stored object = initial.next();
            return new Event.Changed(null, object, object.resourceVersion());
        }
        return queue.poll();
    }

    /** A batch at a time, so that their order is kept and one question serves many. */
    private @Nullable Event converted(EventConversion by) {
        Event event = ready.poll();
        if (event != null || converting) {
            return event;
        }
        List<Event> batch = new ArrayList<>();
        for (Event each = take(); each != null; each = take()) {
            batch.add(each);
            if (batch.size() == EventConversion.MOST_EVENTS) {
                break;
            }
        }
        if (!batch.isEmpty()) {
            converting = true;
            by.convert(batch, this::converted);
        }
        return null;
    }

    private void converted(List<Event> events) {
        Runnable wake;
        synchronized (this) {
            converting = false;
            if (!finished) {
                ready.addAll(events);
            }
            wake = onReady;
        }
        wake.run();
    }

    @Override
    public void changed(@Nullable Stored before, @Nullable Stored after, LogRecord record) {
        put(new Event.Changed(before, after, record.resourceVersion()));
    }

    @Override
    public void progress(long resourceVersion) {
        if (bookmarks) {
            put(new Event.Bookmark(resourceVersion, false));
        }
    }

    @Override
    public void end(Exception reason) {
        put(
                reason instanceof ExpiredException
                        ? new Event.Failed(Refusals.gone(String.valueOf(reason.getMessage())))
                        : new Event.Ended());
    }

    void put(Event event) {
        Runnable wake = null;
        synchronized (this) {
            if (ended) {
                return;
            }
            if (queue.isEmpty()) {
                wake = onReady;
            }
            boolean overflow = queue.size() >= MAX_QUEUED;
            if (overflow) {
                queue.clear();
                initial = Collections.emptyIterator();
            }
            queue.add(overflow ? new Event.Ended() : event);
            ended = overflow || event instanceof Event.Failed || event instanceof Event.Ended;
        }
        if (wake != null) {
            wake.run();
        }
    }

    @Override
    public void close() {
        List<AutoCloseable> held;
        synchronized (this) {
            ended = true;
            finished = true;
            queue.clear();
            ready.clear();
            initial = Collections.emptyIterator();
            held = resources;
            resources = List.of();
        }
        held.forEach(WatchStream::close);
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            throw new IllegalStateException("neither a watch nor a timer fails to close", e);
        }
    }
}
