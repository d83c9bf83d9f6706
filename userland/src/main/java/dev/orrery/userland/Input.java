package dev.orrery.userland;

import dev.orrery.userland.file.Errno;
import dev.orrery.userland.file.FileException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Standard input as it comes from outside. Holds what was offered; asks to wait above a bound. */
final class Input implements Channel {
    private static final int ENOUGH_BYTES = 64 * 1024;

    private final Deque<byte[]> chunks = new ArrayDeque<>();
    private final Set<Waiter> waiting = new LinkedHashSet<>();
    private final Deque<Runnable> drained = new ArrayDeque<>();
    private final boolean terminal;
    private int read;
    private int held;
    private boolean ended;
    private boolean closed;

    Input(boolean terminal) {
        this.terminal = terminal;
    }

    synchronized boolean offer(byte[] bytes, Runnable whenDrained) {
        if (closed || ended || bytes.length == 0) {
            return true;
        }
        if (terminal && held >= ENOUGH_BYTES) {
            return false; // a typist who does not stop is not listened to
        }
        chunks.add(bytes);
        held += bytes.length;
        wakeAll();
        if (held < ENOUGH_BYTES) {
            return true;
        }
        drained.add(whenDrained);
        return false;
    }

    synchronized void end() {
        ended = true;
        wakeAll();
    }

    /** Whoever reads next finds the end, and after it what comes then. */
    synchronized void endOnce() {
        if (chunks.size() < ENOUGH_BYTES) {
            chunks.add(new byte[0]);
        }
        wakeAll();
    }

    private void wakeAll() {
        for (Waiter waiter : List.copyOf(waiting)) {
            waiter.wake();
        }
        waiting.clear();
    }

    @Override
    public int read(byte[] into, Waiter waiter) {
        List<Runnable> calls;
        int count;
        synchronized (this) {
            count = take(into, waiter);
            calls = held < ENOUGH_BYTES / 2 ? List.copyOf(drained) : List.of();
            drained.removeAll(calls);
        }
        calls.forEach(Runnable::run);
        return count;
    }

    private int take(byte[] into, Waiter waiter) {
        byte[] chunk = chunks.peek();
        if (chunk == null) {
            if (ended) {
                return END;
            }
            waiting.add(waiter);
            return 0;
        }
        if (chunk.length == 0) {
            chunks.poll();
            return END;
        }
        int count = Math.min(into.length, chunk.length - read);
        System.arraycopy(chunk, read, into, 0, count);
        read += count;
        held -= count;
        if (read == chunk.length) {
            chunks.poll();
            read = 0;
        }
        return count;
    }

    @Override
    public int write(byte[] from, int offset, int count, Waiter waiter) {
        throw new FileException(Errno.EBADF);
    }

    @Override
    public void close() {
        List<Runnable> calls;
        synchronized (this) {
            closed = true;
            chunks.clear();
            calls = List.copyOf(drained);
            drained.clear();
        }
        calls.forEach(Runnable::run);
    }

    @Override
    public boolean isTerminal() {
        return terminal;
    }
}
