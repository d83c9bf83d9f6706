package dev.orrery.userland;

import dev.orrery.userland.file.Device;
import dev.orrery.userland.file.Directory;
import dev.orrery.userland.file.Errno;
import dev.orrery.userland.file.FileException;
import dev.orrery.userland.file.Generated;
import dev.orrery.userland.file.Node;
import dev.orrery.userland.file.RegularFile;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A file or device that a task has open, with the position of the next read or write. */
public final class FileChannel implements Channel {
    private final Node node;
    private final boolean append;
    private final RandomGenerator random;
    private final byte @Nullable [] generated;
    private long position;

    public FileChannel(Node node, boolean append, RandomGenerator random) {
        this.random = random;
        this.node = node instanceof Device device && device.disk() != null ? device.disk() : node;
        this.append = append;
        this.generated = node instanceof Generated file ? file.content() : null;
    }

    @Override
    public int read(byte[] into, Waiter waiter) {
        return switch (node) {
            case RegularFile file -> readFile(file, into);
            case Device device -> readDevice(device.kind(), into);
            case Generated _ -> readGenerated(into);
            case Directory directory -> throw new FileException(Errno.EISDIR);
            default -> throw new FileException(Errno.EINVAL);
        };
    }

    private int readFile(RegularFile file, byte[] into) {
        int count = file.read(position, into);
        position += Math.max(0, count);
        return count == 0 ? END : count;
    }

    private int readGenerated(byte[] into) {
        int left = generated == null ? 0 : generated.length - (int) position;
        int count = Math.min(left, into.length);
        if (generated == null || count <= 0) {
            return END;
        }
        System.arraycopy(generated, (int) position, into, 0, count);
        position += count;
        return count;
    }

    private int readDevice(Device.Kind kind, byte[] into) {
        switch (kind) {
            case ZERO, FULL -> Arrays.fill(into, (byte) 0);
            case RANDOM -> random.nextBytes(into);
            default -> {
                return END;
            }
        }
        return into.length;
    }

    @Override
    public int write(byte[] from, int offset, int count, Waiter waiter) {
        if (node instanceof RegularFile file) {
            long at = append ? file.size() : position;
            file.write(at, from, offset, count);
            position = at + count;
        } else if (node instanceof Device device && device.kind() == Device.Kind.FULL) {
            throw new FileException(Errno.ENOSPC);
        }
        return count;
    }

    /** Where the next read begins, as a file follower needs it. */
    public void position(long next) {
        position = next;
    }

    public Node node() {
        return node;
    }

    @Override
    public void close() {}
}
