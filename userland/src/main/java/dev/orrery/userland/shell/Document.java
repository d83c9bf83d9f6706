package dev.orrery.userland.shell;

import dev.orrery.userland.Channel;
import dev.orrery.userland.Waiter;
import dev.orrery.userland.file.Errno;
import dev.orrery.userland.file.FileException;

/** A here-document as a command reads it. */
final class Document implements Channel {
    private final byte[] text;
    private int position;

    Document(byte[] text) {
        this.text = text;
    }

    @Override
    public int read(byte[] into, Waiter waiter) {
        int count = Math.min(into.length, text.length - position);
        System.arraycopy(text, position, into, 0, count);
        position += count;
        return count == 0 ? END : count;
    }

    @Override
    public int write(byte[] from, int offset, int count, Waiter waiter) {
        throw new FileException(Errno.EBADF);
    }

    @Override
    public void close() {}
}
