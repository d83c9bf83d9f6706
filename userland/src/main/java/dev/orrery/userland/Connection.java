package dev.orrery.userland;

/** One side of a connection: reads what the peer writes. */
public record Connection(Channel incoming, Channel outgoing, String peer) implements Channel {
    /** Two sides that belong together. */
    public record Pair(Connection client, Connection server) {}

    public static Pair pair(String client, String server) {
        Pipe there = new Pipe();
        Pipe back = new Pipe();
        return new Pair(
                new Connection(back.reader(), there.writer(), server),
                new Connection(there.reader(), back.writer(), client));
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
