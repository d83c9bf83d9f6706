package dev.orrery.userland;

import dev.orrery.userland.file.Errno;
import dev.orrery.userland.network.Address;

/**
 * One side of a connection: reads what the peer writes. Closing the outgoing channel alone ends
 * what the peer reads, and leaves the way back open.
 */
public record Connection(Channel incoming, Channel outgoing, Address local, Address peer)
        implements Channel {

    /** Two sides that belong together. */
    public record Pair(Connection client, Connection server, Pipe there, Pipe back) {

        /** Both sides hear of a fault from now on. */
        public void fail(Errno errno) {
            there.fail(errno);
            back.fail(errno);
        }
    }

    public static Pair pair(Address client, Address server) {
        Pipe there = new Pipe();
        Pipe back = new Pipe();
        return new Pair(
                new Connection(back.reader(), there.writer(), client, server),
                new Connection(there.reader(), back.writer(), server, client),
                there,
                back);
    }

    @Override
    public int read(byte[] into, Waiter waiter) {
        return incoming.read(into, waiter);
    }

    @Override
    public int write(byte[] from, int offset, int count, Waiter waiter) {
        return outgoing.write(from, offset, count, waiter);
    }

    @Override
    public void close() {
        incoming.close();
        outgoing.close();
    }
}
