package dev.orrery.kubelet.network;

import dev.orrery.userland.Channel;
import dev.orrery.userland.Connection;
import dev.orrery.userland.file.FileException;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Joins a connection of the simulated network to one that is real. What a side does not take is not
 * read from the other: at most one piece waits here each way. For any thread; what there is to do
 * is done by the executor, one task at a time.
 */
public final class Splice {

    private static final int CHUNK_BYTES = 32 << 10;

    /** The real side. Called by the executor, one call at a time. */
    public interface Far {

        boolean isReady();

        void send(byte[] bytes);

        /** Nothing more is sent. */
        void end();

        /** The piece that was {@link #received} has been taken: the next may come. */
        void more();

        /** Both ways are over, or the connection broke. */
        void over();
    }

    private final Far far;
    private final Executor executor;
    private final AtomicBoolean pumping = new AtomicBoolean();
    private final AtomicBoolean again = new AtomicBoolean();
    private @Nullable Connection near;
    private byte[] pending = {};
    private int written;
    private boolean farEnded;
    private boolean farEndPassed;
    private boolean nearEnded;
    private boolean over;

    public Splice(Far far, Executor executor) {
        this.far = far;
        this.executor = executor;
    }

    /** From now on bytes move. */
    public void join(Connection connection) {
        synchronized (this) {
            near = connection;
        }
        wake();
    }

    /** A piece from the real side; no further one before {@link Far#more}. */
    public void received(byte[] bytes) {
        synchronized (this) {
            pending = bytes;
            written = 0;
        }
        wake();
    }

    /** The real side sends nothing more. */
    public void ended() {
        synchronized (this) {
            farEnded = true;
        }
        wake();
    }

    /** The real side is lost. */
    public void cut() {
        Connection connection;
        synchronized (this) {
            over = true;
            connection = near;
        }
        if (connection != null) {
            connection.close();
        }
    }

    /** There may be something to do: the real side is ready for more, for one. */
    public void wake() {
        again.set(true);
        if (pumping.compareAndSet(false, true)) {
            executor.execute(this::pump);
        }
    }

    private void pump() {
        do {
            again.set(false);
            move();
        } while (again.get());
        pumping.set(false);
        if (again.get()) {
            wake();
        }
    }

    private synchronized void move() {
        Connection connection = near;
        if (connection == null || over) {
            return;
        }
        try {
            passIn(connection);
            passOut(connection);
        } catch (FileException _) {
            finish(connection);
        }
    }

    private void passIn(Connection to) {
        while (written < pending.length) {
            int count = to.write(pending, written, pending.length - written, this::wake);
            if (count == 0) {
                return;
            }
            written += count;
            if (written == pending.length) {
                far.more();
            }
        }
        if (farEnded && !farEndPassed) {
            farEndPassed = true;
            to.outgoing().close();
        }
    }

    private void passOut(Connection from) {
        byte[] buffer = new byte[CHUNK_BYTES];
        while (!nearEnded && far.isReady()) {
            int count = from.read(buffer, this::wake);
            if (count == 0) {
                return;
            }
            if (count == Channel.END) {
                nearEnded = true;
                far.end();
            } else {
                far.send(Arrays.copyOf(buffer, count));
            }
        }
        if (nearEnded && farEndPassed) {
            finish(from);
        }
    }

    private void finish(Connection connection) {
        over = true;
        connection.close();
        far.over();
    }
}
