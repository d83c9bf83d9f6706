package dev.orrery.userland;

import dev.orrery.userland.network.Bound;
import dev.orrery.userland.network.Datagram;
import dev.orrery.userland.network.Lookup;
import dev.orrery.userland.network.RecordType;
import java.util.function.Consumer;

/**
 * The network as a machine sees it. Answers at once: whoever gives it keeps what it needs at hand.
 * Where a peer is far away its refusal may come only with the first read. Names are turned into
 * addresses by {@link dev.orrery.userland.network.Resolver}. For any thread.
 */
public interface Network {

    /** What the name server at an address answers about a full name. */
    Lookup lookup(String server, String name, RecordType type);

    /** Throws the FileException of connect(2), such as ECONNREFUSED. */
    Connection connect(String address, int port);

    /**
     * Throws EADDRINUSE if the port is taken; 0 stands for any free one. The listener is called in
     * the frame of whoever connects: it hands over to its own machine and returns.
     *
     * @param address of this machine; empty for all
     */
    Bound listen(String address, int port, Consumer<Connection> accept);

    /** On all addresses. The answer stops listening. */
    default Runnable listen(int port, Consumer<Connection> accept) {
        return listen("", port, accept).release();
    }

    /** As {@link #listen}, for datagrams. */
    Bound receive(String address, int port, Consumer<Datagram> receiver);

    /**
     * Throws ECONNREFUSED where nobody receives on that port, and EHOSTUNREACH where there is no
     * such machine. Its sender's host is for the network to fill in.
     */
    void send(Datagram datagram);

    /** The machine's own address. */
    String address();

    /** Whether an echo request would be answered. */
    boolean reachable(String address);
}
