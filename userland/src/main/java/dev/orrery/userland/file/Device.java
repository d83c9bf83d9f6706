package dev.orrery.userland.file;

import org.jspecify.annotations.Nullable;

/** One of the character devices that every container has, or a disk as a row of blocks. */
public final class Device extends Node {
    /** What reading and writing it does. */
    public enum Kind {
        NULL(-1),
        ZERO(-1),
        FULL(-1),
        RANDOM(-1),
        TTY(0),
        STDIN(0),
        STDOUT(1),
        STDERR(2),
        DISK(-1);

        private final int descriptor;

        Kind(int descriptor) {
            this.descriptor = descriptor;
        }

        /** The descriptor of the opener that the device stands for, or -1. */
        public int descriptor() {
            return descriptor;
        }
    }

    private final Kind kind;
    private final @Nullable RegularFile disk;

    Device(Volume volume, Kind kind) {
        super(volume, 0666, User.ROOT);
        this.kind = kind;
        this.disk = null;
    }

    /** Reading and writing it is reading and writing that file. */
    Device(Volume volume, RegularFile disk) {
        super(volume, 0660, User.ROOT);
        this.kind = Kind.DISK;
        this.disk = disk;
    }

    public @Nullable RegularFile disk() {
        return disk;
    }

    public Kind kind() {
        return kind;
    }

    @Override
    public long size() {
        return 0;
    }

    @Override
    public char letter() {
        return kind == Kind.DISK ? 'b' : 'c';
    }
}
