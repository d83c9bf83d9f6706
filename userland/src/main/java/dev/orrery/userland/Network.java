package dev.orrery.userland;

import java.util.List;
import java.util.function.Consumer;

/**
 * The network as a machine sees it. Answers at once: whoever gives it keeps what it needs at hand.
 */
public interface Network {
    /** The addresses of a name; an address stands for itself; none: the name is unknown. */
    List<String> resolve(String name);

    /** Throws the FileException of connect(2), such as ECONNREFUSED. */
    Connection connect(String address, int port);

    /** Throws EADDRINUSE if the port is taken. The answer stops listening. */
    Runnable listen(int port, Consumer<Connection> accept);

    /** The machine's own address. */
    String address();

    boolean reachable(String address);
}
