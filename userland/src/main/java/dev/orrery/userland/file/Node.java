package dev.orrery.userland.file;

import java.time.Instant;

/**
 * What a name in a directory stands for. Nodes of a volume may be used by several machines at a
 * time: changes of one volume are made one after another, under its lock.
 */
public abstract sealed class Node permits Directory, RegularFile, Symlink, Device, Generated {
    static final int SET_GROUP = 02000;
    static final int STICKY = 01000;

    private final long number;
    private final Volume volume;
    private volatile int mode;
    private volatile int uid;
    private volatile int gid;
    private volatile Instant modified;
    private volatile int named;

    Node(Volume volume, int mode, User owner) {
        this.volume = volume;
        this.number = volume.nextNumber();
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
        synchronized (volume) {
            mode = bits & 07777;
            volume.journal().changed(this);
        }
    }

    public int uid() {
        return uid;
    }

    public int gid() {
        return gid;
    }

    public void owner(int newUid, int newGid) {
        synchronized (volume) {
            uid = newUid;
            gid = newGid;
            volume.journal().changed(this);
        }
    }

    public Instant modified() {
        return modified;
    }

    public void modified(Instant time) {
        synchronized (volume) {
            modified = time;
            volume.journal().changed(this);
        }
    }

    /** Modified now, as the journal hears from the change itself. */
    final void touched() {
        modified = volume.now();
    }

    /** By how many names directories know it. */
    final int named() {
        return named;
    }

    /** Under the volume's lock. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // only its readers are without the lock
    final void named(int more) {
        named += more;
    }

    /** As {@code ls -l} shows it: a directory is named by itself and by those in it, too. */
    public int links() {
        return named;
    }

    public abstract long size();

    /** The first letter of {@code ls -l}. */
    public abstract char letter();
}
