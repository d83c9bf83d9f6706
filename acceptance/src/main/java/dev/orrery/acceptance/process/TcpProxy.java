package dev.orrery.acceptance.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A wire between two processes on this machine that can be cut, and mended. While it is cut nothing
 * passes and nobody is told: as with a network that drops packets.
 */
public final class TcpProxy implements AutoCloseable {

    private static final int BUFFER = 64 << 10;
    private static final int CONNECT_MILLIS = 2000;

    private final ServerSocket server;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Object wire = new Object();

    /** Guarded by wire. */
    private boolean cut;

    public TcpProxy(int target) {
        this(FreePorts.next(), target);
    }

    TcpProxy(int port, int target) {
        this.target = target;
        try {
            this.server = new ServerSocket(port, 256, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException("no port for a proxy", e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** From now on no byte passes, in either direction. */
    public void cut() {
        synchronized (wire) {
            cut = true;
        }
    }

    /** Whatever waited passes; connections that their ends have given up are gone. */
    public void mend() {
        synchronized (wire) {
            cut = false;
            wire.notifyAll();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket near = server.accept();
                sockets.add(near);
                Thread.ofVirtual().start(() -> connect(near));
            } catch (IOException e) {
                // closed
            }
        }
    }

    private void connect(Socket near) {
        try {
            passes();
            Socket far = new Socket();
            sockets.add(far);
            far.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), target),
                    CONNECT_MILLIS);
            near.setTcpNoDelay(true);
            far.setTcpNoDelay(true);
            Thread.ofVirtual().start(() -> copy(near, far));
            copy(far, near);
        } catch (IOException e) {
            close(near);
        }
    }

    private void copy(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                passes();
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            // one end has gone; so goes the other
        }
        passes();
        close(from);
        close(to);
    }

    private void passes() {
        synchronized (wire) {
            while (cut && !server.isClosed()) {
                try {
                    wire.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    private void close(Socket socket) {
        sockets.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone either way
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            // it is gone either way
        }
        mend();
        sockets.forEach(this::close);
    }
}
