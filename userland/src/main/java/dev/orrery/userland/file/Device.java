package dev.orrery.userland.file;

/** One of the character devices that every container has. */
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
        STDERR(2);

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

    Device(Volume volume, Kind kind) {
        super(volume, 0666, User.ROOT);
        this.kind = kind;
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
        return 'c';
    }
}
