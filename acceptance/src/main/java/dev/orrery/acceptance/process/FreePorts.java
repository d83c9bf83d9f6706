package dev.orrery.acceptance.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/** Ports of this machine that nobody listens on; each is given out once. */
final class FreePorts {

    /** Below what the kernel gives to outgoing connections, which could take one meanwhile. */
    private static final int FIRST = 24_000;

    private static final int LAST = 28_900;

    private static final AtomicInteger NEXT =
            new AtomicInteger(FIRST + (int) (ProcessHandle.current().pid() * 37 % 4000));

    private FreePorts() {}

    static int next() {
        for (int tried = 0; tried < LAST - FIRST; tried++) {
            int port = NEXT.getAndUpdate(last -> last >= LAST ? FIRST : last + 1);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port");
    }

    private static boolean isFree(int port) {
        try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
