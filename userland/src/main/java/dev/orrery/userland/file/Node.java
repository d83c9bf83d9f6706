package dev.orrery.userland.file;

import java.time.Instant;

/**
 * What a name in a directory stands for. Nodes of a volume may be used by several machines at a
 * time: each method is one short critical section.
 */
public abstract sealed class Node permits Directory, RegularFile, Symlink, Device {
    private static final java.util.concurrent.atomic.AtomicLong NUMBERS =
            new java.util.concurrent.atomic.AtomicLong(1_000);

    private final long number = NUMBERS.incrementAndGet();
    private final Volume volume;
    private volatile int mode;
    private volatile int uid;
    private volatile int gid;
    private volatile Instant modified;

    Node(Volume volume, int mode, User owner) {
        this.volume = volume;
        this.mode = mode & 07777;
        this.uid = owner.uid();
        this.gid = owner.gid();
        this.modified = volume.now();
    }

    public Volume volume() {
        return volume;
    }

    /** The inode's number. */
    public long number() {
        return number;
    }

    public int mode() {
        return mode;
    }

    public void mode(int bits) {
        mode = bits & 07777;
    }

    public int uid() {
        return uid;
    }

    public int gid() {
        return gid;
    }

    public void owner(int newUid, int newGid) {
        uid = newUid;
        gid = newGid;
    }

    public Instant modified() {
        return modified;
    }

    public void modified(Instant time) {
        modified = time;
    }

    public abstract long size();

    /** The first letter of {@code ls -l}. */
    public abstract char letter();
}
