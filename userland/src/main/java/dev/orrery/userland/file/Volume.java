package dev.orrery.userland.file;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A tree of files with a size that it cannot pass: a container's own layer, an emptyDir, a claim's
 * disk. Machines that mount the same volume see each other's changes at once.
 */
public final class Volume {
    private static final long ROOT_NUMBER = 2;
    private static final long FIRST_NUMBER = 11;

    private final String type;
    private final InstantSource clock;
    private final Allowance allowance;
    private final AtomicLong usedBytes = new AtomicLong();
    private final AtomicLong keptBytes = new AtomicLong();
    private final AtomicLong numbers = new AtomicLong(ROOT_NUMBER - 1);
    private final Directory root;
    private volatile String source;
    private volatile long capacityBytes;
    private volatile boolean discarded;
    private volatile Journal journal = Journal.NONE;
    private volatile Runnable refresh = () -> {};

    /** Source and type are what {@code df} and {@code mount} show, such as /dev/sda and ext4. */
    public Volume(String source, String type, long capacityBytes, InstantSource clock) {
        this(source, type, capacityBytes, clock, Allowance.UNLIMITED);
    }

    public Volume(
            String source,
            String type,
            long capacityBytes,
            InstantSource clock,
            Allowance allowance) {
        this.source = source;
        this.type = type;
        this.capacityBytes = capacityBytes;
        this.clock = clock;
        this.allowance = allowance;
        this.root = new Directory(this, 0755, User.ROOT);
        numbers.set(FIRST_NUMBER - 1);
        allowance.register(this, keptBytes);
    }

    public String source() {
        return source;
    }

    /** A disk may be another device where it is attached next. */
    public void source(String device) {
        source = device;
    }

    public String type() {
        return type;
    }

    public long capacityBytes() {
        return capacityBytes;
    }

    /** Makes the disk larger; what is on it stays even where it is made smaller. */
    public void capacityBytes(long bytes) {
        capacityBytes = bytes;
    }

    public long usedBytes() {
        return usedBytes.get();
    }

    public Directory root() {
        return root;
    }

    /** A file of this volume that has no name in it yet, to be mounted by itself. */
    public RegularFile file(byte[] content, int mode, User owner) {
        RegularFile file = new RegularFile(this, mode, owner, null);
        file.write(0, content, 0, content.length);
        return file;
    }

    /** Run whenever somebody looks into the root: whoever provides the files makes them current. */
    public void refreshedBy(Runnable provider) {
        refresh = provider;
    }

    /** Nobody will look into it again: what it kept is free, and nothing can be written. */
    public void discard() {
        synchronized (this) {
            discarded = true;
            journal = Journal.NONE;
            allowance.take(keptBytes, -keptBytes.get());
        }
    }

    Runnable refresh() {
        return refresh;
    }

    Journal journal() {
        return journal;
    }

    void journal(Journal told) {
        journal = told;
    }

    Instant now() {
        return clock.instant();
    }

    long nextNumber() {
        return numbers.incrementAndGet();
    }

    /** The number that the next node is given: those of a replay keep theirs. */
    void nextNumberIs(long number) {
        numbers.set(number - 1);
    }

    /** Of a size of 0 is what takes no room, as the kernel's own file systems. */
    void grow(long bytes) {
        if (capacityBytes == 0) {
            return;
        }
        if (discarded && bytes > 0) {
            throw new FileException(Errno.EIO);
        }
        if (usedBytes.addAndGet(bytes) > capacityBytes && bytes > 0) {
            usedBytes.addAndGet(-bytes);
            throw new FileException(Errno.ENOSPC);
        }
    }

    /** Bytes that are really kept in memory. */
    void keep(long bytes) {
        if (!discarded) {
            allowance.take(keptBytes, bytes);
        }
    }
}
