package dev.orrery.userland.file;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A tree of files with a size that it cannot pass: a container's own layer, an emptyDir, a claim's
 * disk. Machines that mount the same volume see each other's changes at once.
 */
public final class Volume {
    private final String source;
    private final String type;
    private final long capacityBytes;
    private final InstantSource clock;
    private final AtomicLong usedBytes = new AtomicLong();
    private final Directory root;

    /** Source and type are what {@code df} and {@code mount} show, such as /dev/sda and ext4. */
    public Volume(String source, String type, long capacityBytes, InstantSource clock) {
        this.source = source;
        this.type = type;
        this.capacityBytes = capacityBytes;
        this.clock = clock;
        this.root = new Directory(this, 0755, User.ROOT);
    }

    public String source() {
        return source;
    }

    public String type() {
        return type;
    }

    public long capacityBytes() {
        return capacityBytes;
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

    java.time.Instant now() {
        return clock.instant();
    }

    void grow(long bytes) {
        if (usedBytes.addAndGet(bytes) > capacityBytes && bytes > 0) {
            usedBytes.addAndGet(-bytes);
            throw new FileException(Errno.ENOSPC);
        }
    }

    /** Whether a hard link keeps the node: links are rare, so their count is found by a walk. */
    boolean hasOther(Directory without, Node node) {
        return hardLinks && contains(root, node);
    }

    private volatile boolean hardLinks;

    void hardLinked() {
        hardLinks = true;
    }

    private static boolean contains(Directory directory, Node node) {
        for (String name : directory.names()) {
            Node entry = directory.get(name);
            if (entry == node || (entry instanceof Directory inner && contains(inner, node))) {
                return true;
            }
        }
        return false;
    }
}
