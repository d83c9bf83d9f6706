package dev.orrery.userland;

import dev.orrery.userland.file.Errno;
import dev.orrery.userland.file.FileException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Bytes on their way from one task to another, at most 64 KiB of them; its ends may be on two
 * machines.
 */
public final class Pipe {
    private static final int CAPACITY = 65_536;

    private byte[] buffer = {};
    private int start;
    private int count;
    private boolean noReader;
    private boolean noWriter;
    private @Nullable Errno fault;
    private final Set<Waiter> waiting = new LinkedHashSet<>();

    private void wakeAll() {
        for (Waiter task : List.copyOf(waiting)) {
            task.wake();
        }
        waiting.clear();
    }

    private synchronized int take(byte[] into, Waiter waiter) {
        if (count == 0) {
            if (fault != null) {
                throw new FileException(fault);
            }
            if (noWriter) {
                return Channel.END;
            }
            waiting.add(waiter);
            return 0;
        }
        int taken = Math.min(into.length, count);
        for (int i = 0; i < taken; i++) {
            into[i] = buffer[(start + i) % buffer.length];
        }
        start = (start + taken) % buffer.length;
        count -= taken;
        wakeAll();
        return taken;
    }

    private synchronized int put(byte[] from, int offset, int length, Waiter waiter) {
        if (fault != null || noReader) {
            throw new FileException(fault == null ? Errno.EPIPE : fault);
        }
        int taken = Math.min(length, CAPACITY - count);
        if (taken == 0 && length > 0) {
            waiting.add(waiter);
            return 0;
        }
        makeRoom(count + taken);
        for (int i = 0; i < taken; i++) {
            buffer[(start + count + i) % buffer.length] = from[offset + i];
        }
        count += taken;
        wakeAll();
        return taken;
    }

    private synchronized void end(boolean reader) {
        noReader |= reader;
        noWriter |= !reader;
        wakeAll();
    }

    /** From now on whoever writes, or reads beyond what is there, is told of the fault. */
    public synchronized void fail(Errno errno) {
        fault = errno;
        wakeAll();
    }

    private void makeRoom(int needed) {
        if (needed <= buffer.length) {
            return;
        }
        byte[] larger = new byte[Math.min(CAPACITY, Math.max(needed, buffer.length * 4))];
        for (int i = 0; i < count; i++) {
            larger[i] = buffer[(start + i) % buffer.length];
        }
        buffer = larger;
        start = 0;
    }

    public Channel reader() {
        return new Channel() {
            @Override
            public int read(byte[] into, Waiter waiter) {
                return take(into, waiter);
            }

            @Override
            public int write(byte[] from, int offset, int length, Waiter waiter) {
                throw new FileException(Errno.EBADF);
            }

            @Override
            public void close() {
                end(true);
            }
        };
    }

    public Channel writer() {
        return new Channel() {
            @Override
            public int read(byte[] into, Waiter waiter) {
                throw new FileException(Errno.EBADF);
            }

            @Override
            public int write(byte[] from, int offset, int length, Waiter waiter) {
                return put(from, offset, length, waiter);
            }

            @Override
            public void close() {
                end(false);
            }
        };
    }
}
