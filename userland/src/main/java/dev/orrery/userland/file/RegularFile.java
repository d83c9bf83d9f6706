package dev.orrery.userland.file;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Bytes, and the name of the program if the file is one that a machine can run natively. */
public final class RegularFile extends Node {
    private static final byte[] NOTHING = {};

    private byte[] bytes = NOTHING;
    private int size;
    private boolean forgotten;
    private final @Nullable String program;

    RegularFile(Volume volume, int mode, User owner, @Nullable String program) {
        super(volume, mode, owner);
        this.program = program;
    }

    public @Nullable String program() {
        return program;
    }

    @Override
    public synchronized long size() {
        return size;
    }

    public synchronized int read(long position, byte[] into) {
        if (position >= size) {
            return -1;
        }
        int count = (int) Math.min(into.length, size - position);
        System.arraycopy(bytes, (int) position, into, 0, count);
        return count;
    }

    public synchronized void write(long position, byte[] from, int offset, int count) {
        long end = position + count;
        if (end > Integer.MAX_VALUE - 64) {
            throw new FileException(Errno.ENOSPC);
        }
        if (end > size) {
            resize((int) end);
        }
        System.arraycopy(from, offset, bytes, (int) position, count);
        modified(volume().now());
    }

    public synchronized void truncate(int length) {
        resize(length);
        modified(volume().now());
    }

    private void resize(int length) {
        if (!forgotten) {
            volume().grow(length - size);
        }
        if (length > bytes.length) {
            bytes =
                    Arrays.copyOf(
                            bytes,
                            (int)
                                    Math.min(
                                            Integer.MAX_VALUE - 64,
                                            Math.max(length, bytes.length * 3L / 2)));
        } else if (length < size) {
            bytes = Arrays.copyOf(bytes, length);
        }
        size = length;
    }

    public synchronized byte[] content() {
        return Arrays.copyOf(bytes, size);
    }

    /** Its last name is gone: its bytes count no longer, though who has it open may go on. */
    synchronized void forget() {
        if (!forgotten) {
            forgotten = true;
            volume().grow(-size);
        }
    }

    @Override
    public char letter() {
        return '-';
    }
}
