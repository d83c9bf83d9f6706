package dev.orrery.userland.network;

import dev.orrery.userland.Channel;
import dev.orrery.userland.Connection;
import dev.orrery.userland.Waiter;
import dev.orrery.userland.file.Errno;
import dev.orrery.userland.file.FileException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * TLS over a connection, for either side of it. The handshake happens within the first reads and
 * writes. Where it fails these throw EPROTO, and {@link #fault} says why. Used by one task.
 */
public final class SecureChannel implements Channel {

    private static final byte[] NOTHING = {};

    private final Connection raw;
    private final SSLEngine engine;
    private final ByteBuffer received;
    private ByteBuffer sending = ByteBuffer.allocate(0);
    private ByteBuffer plain = ByteBuffer.allocate(0);
    private boolean rawEnded;
    private @Nullable SSLException fault;

    private SecureChannel(Connection raw, SSLEngine engine) {
        this.raw = raw;
        this.engine = engine;
        this.received = ByteBuffer.allocate(engine.getSession().getPacketBufferSize() * 2);
    }

    /**
     * The connection with TLS on it.
     *
     * @param engine in its mode, with its parameters
     */
    public static Connection over(Connection raw, SSLEngine engine) {
        SecureChannel channel = new SecureChannel(raw, engine);
        return new Connection(channel, channel, raw.local(), raw.peer());
    }

    /** Why a connection broke, if it is one of TLS and that is why. */
    public static @Nullable SSLException fault(Connection connection) {
        return connection.incoming() instanceof SecureChannel secure ? secure.fault : null;
    }

    @Override
    public int read(byte[] into, Waiter waiter) {
        try {
            while (true) {
                if (plain.hasRemaining()) {
                    int count = Math.min(into.length, plain.remaining());
                    plain.get(into, 0, count);
                    return count;
                }
                boolean flushed = flush(waiter);
                if (needsWrap() && flushed) {
                    wrap(NOTHING, 0, 0);
                    continue;
                }
                if (engine.isInboundDone()) {
                    return END;
                }
                int progress = unwrap(waiter);
                if (progress <= 0) {
                    return progress;
                }
            }
        } catch (SSLException e) {
            throw broken(e);
        }
    }

    @Override
    public int write(byte[] from, int offset, int count, Waiter waiter) {
        try {
            while (true) {
                if (!flush(waiter)) {
                    return 0;
                }
                HandshakeStatus status = engine.getHandshakeStatus();
                if (status == HandshakeStatus.NEED_UNWRAP) {
                    int progress = unwrap(waiter);
                    if (progress == END) {
                        throw new FileException(Errno.ECONNRESET);
                    }
                    if (progress == 0) {
                        return 0;
                    }
                } else if (status == HandshakeStatus.NEED_TASK) {
                    runTasks();
                } else {
                    int consumed = wrap(from, offset, count);
                    flush(waiter);
                    if (consumed > 0 || count == 0) {
                        return consumed;
                    }
                }
            }
        } catch (SSLException e) {
            throw broken(e);
        }
    }

    private FileException broken(SSLException e) {
        fault = e;
        engine.closeOutbound();
        try {
            wrap(NOTHING, 0, 0); // the alert
            flush(() -> {});
        } catch (SSLException | FileException _) {
            // nobody is there to be told
        }
        return new FileException(Errno.EPROTO);
    }

    private boolean needsWrap() {
        return engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP;
    }

    /** Whether all that was wrapped has gone out. */
    private boolean flush(Waiter waiter) {
        while (sending.hasRemaining()) {
            int count = raw.write(sending.array(), sending.position(), sending.remaining(), waiter);
            if (count == 0) {
                return false;
            }
            sending.position(sending.position() + count);
        }
        return true;
    }

    /** Only after everything before has gone out. */
    private int wrap(byte[] from, int offset, int count) throws SSLException {
        ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        SSLEngineResult result = engine.wrap(ByteBuffer.wrap(from, offset, count), out);
        out.flip();
        sending = out;
        return result.bytesConsumed();
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask();
                task != null;
                task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    /** Positive if anything happened; 0 where there is nothing to read yet; END. */
    private int unwrap(Waiter waiter) throws SSLException {
        if (engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
            runTasks();
            return 1;
        }
        plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
        received.flip();
        SSLEngineResult result = engine.unwrap(received, plain);
        received.compact();
        plain.flip();
        return switch (result.getStatus()) {
            case OK -> 1;
            case CLOSED -> END;
            case BUFFER_OVERFLOW -> throw new SSLException("record too large");
            case BUFFER_UNDERFLOW -> fill(waiter);
        };
    }

    private int fill(Waiter waiter) {
        if (rawEnded) {
            return END;
        }
        byte[] bytes = new byte[received.remaining()];
        int count = raw.read(bytes, waiter);
        if (count > 0) {
            received.put(bytes, 0, count);
        }
        rawEnded = count == END;
        return count;
    }

    @Override
    public void close() {
        if (!engine.isOutboundDone()) {
            engine.closeOutbound();
            try {
                if (flush(() -> {})) {
                    wrap(NOTHING, 0, 0);
                    flush(() -> {});
                }
            } catch (SSLException | FileException _) {
                // the peer has gone before
            }
        }
        raw.close();
    }
}
