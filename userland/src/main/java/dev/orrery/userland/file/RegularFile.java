package dev.orrery.userland.file;

import org.jspecify.annotations.Nullable;

/** Bytes, and the name of the program if the file is one that a machine can run natively. */
public final class RegularFile extends Node {
    /** The largest file of the usual file systems. */
    private static final long LARGEST = 1L << 44;

    private final Content content = new Content();
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
        return content.size();
    }

    /** What it takes up of the disk, as {@code du} counts it. */
    public synchronized long keptBytes() {
        return content.keptBytes();
    }

    public synchronized int read(long position, byte[] into) {
        return content.read(position, into);
    }

    public void write(long position, byte[] from, int offset, int count) {
        synchronized (volume()) {
            synchronized (this) {
                if (position + count > LARGEST) {
                    throw new FileException(Errno.EFBIG);
                }
                long cost = content.cost(position, from, offset, count);
                charge(Math.max(0, position + count - content.size()), cost);
                long kept = content.keptBytes();
                content.write(position, from, offset, count);
                settle(cost, content.keptBytes() - kept);
            }
            touched();
            volume().journal().wrote(this, position, from, offset, count);
        }
    }

    public void truncate(long length) {
        synchronized (volume()) {
            synchronized (this) {
                if (length == content.size()) {
                    return;
                }
                if (length > LARGEST) {
                    throw new FileException(Errno.EFBIG);
                }
                charge(length - content.size(), 0);
                long kept = content.keptBytes();
                content.resize(length);
                settle(0, content.keptBytes() - kept);
            }
            touched();
            volume().journal().resized(this, length);
        }
    }

    /** First what may fail, before anything has changed. */
    private void charge(long bytes, long kept) {
        if (forgotten) {
            return;
        }
        volume().grow(bytes);
        try {
            volume().keep(kept);
        } catch (FileException full) {
            volume().grow(-bytes);
            throw full;
        }
    }

    private void settle(long charged, long kept) {
        if (!forgotten) {
            volume().keep(kept - charged);
        }
    }

    /** Takes bytes as they are, without a copy: nobody may change them afterwards. */
    synchronized void lend(byte[] bytes) {
        volume().grow(bytes.length - content.size());
        content.lend(bytes);
    }

    public synchronized byte[] content() {
        return content.all();
    }

    /** Its last name is gone: its bytes count no longer, though who has it open may go on. */
    synchronized void forget() {
        if (!forgotten) {
            volume().grow(-content.size());
            volume().keep(-content.keptBytes());
            forgotten = true;
        }
    }

    synchronized void pieces(Content.Piece to) {
        content.pieces(to);
    }

    @Override
    public char letter() {
        return '-';
    }
}
