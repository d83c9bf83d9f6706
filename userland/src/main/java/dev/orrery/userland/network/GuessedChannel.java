package dev.orrery.userland.network;

import dev.orrery.userland.Channel;
import dev.orrery.userland.Connection;
import dev.orrery.userland.Waiter;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A server's side of a connection that is TLS where its client begins so, and plain otherwise. Used
 * by one task, which reads first.
 */
public final class GuessedChannel implements Channel {

    /** The kind of record that a TLS handshake begins with. */
    private static final int HANDSHAKE = 0x16;

    private final Connection raw;
    private final Supplier<ServerSecurity> security;
    private @Nullable Channel chosen;

    private GuessedChannel(Connection raw, Supplier<ServerSecurity> security) {
        this.raw = raw;
        this.security = security;
    }

    public static Connection over(Connection raw, Supplier<ServerSecurity> security) {
        GuessedChannel channel = new GuessedChannel(raw, security);
        return new Connection(channel, channel, raw.local(), raw.peer());
    }

    @Override
    public int read(byte[] into, Waiter waiter) {
        Channel known = chosen;
        if (known == null) {
            byte[] first = new byte[into.length];
            int count = raw.read(first, waiter);
            if (count <= 0) {
                return count;
            }
            known = choose(Arrays.copyOf(first, count));
            chosen = known;
        }
        return known.read(into, waiter);
    }

    private Channel choose(byte[] first) {
        Connection begun =
                new Connection(
                        new Begun(raw.incoming(), first), raw.outgoing(), raw.local(), raw.peer());
        return first[0] == HANDSHAKE
                ? SecureChannel.over(begun, security.get().engine()).incoming()
                : begun;
    }

    @Override
    public int write(byte[] from, int offset, int count, Waiter waiter) {
        return (chosen == null ? raw : chosen).write(from, offset, count, waiter);
    }

    @Override
    public void close() {
        (chosen == null ? raw : chosen).close();
    }

    /** What was read already comes first. */
    private static final class Begun implements Channel {

        private final Channel rest;
        private byte[] first;

        Begun(Channel rest, byte[] first) {
            this.rest = rest;
            this.first = first;
        }

        @Override
        public int read(byte[] into, Waiter waiter) {
            if (first.length == 0) {
                return rest.read(into, waiter);
            }
            int count = Math.min(first.length, into.length);
            System.arraycopy(first, 0, into, 0, count);
            first = Arrays.copyOfRange(first, count, first.length);
            return count;
        }

        @Override
        public int write(byte[] from, int offset, int count, Waiter waiter) {
            return rest.write(from, offset, count, waiter);
        }

        @Override
        public void close() {
            rest.close();
        }
    }
}
