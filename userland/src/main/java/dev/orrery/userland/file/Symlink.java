package dev.orrery.userland.file;

/** A name for another path. */
public final class Symlink extends Node {
    private final String target;

    Symlink(Volume volume, String target, User owner) {
        super(volume, 0777, owner);
        this.target = target;
    }

    public String target() {
        return target;
    }

    @Override
    public long size() {
        return target.length();
    }

    @Override
    public char letter() {
        return 'l';
    }
}
