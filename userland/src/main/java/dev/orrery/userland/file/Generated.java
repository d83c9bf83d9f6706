package dev.orrery.userland.file;

import java.util.function.Supplier;

/** A file that says how things are whenever it is opened, as those of /proc do. */
public final class Generated extends Node {
    private final Supplier<byte[]> now;

    Generated(Volume volume, int mode, Supplier<byte[]> now) {
        super(volume, mode, User.ROOT);
        this.now = now;
    }

    public byte[] content() {
        return now.get();
    }

    @Override
    public long size() {
        return 0;
    }

    @Override
    public char letter() {
        return '-';
    }
}
