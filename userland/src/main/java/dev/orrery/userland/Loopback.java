package dev.orrery.userland;

import dev.orrery.userland.file.Errno;
import dev.orrery.userland.file.FileException;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/** A network of one machine, or of a few that share their ports as the containers of a pod do. */
public final class Loopback implements Network {
    private final String address;
    private final ConcurrentMap<Integer, Consumer<Connection>> listeners =
            new ConcurrentHashMap<>();

    public Loopback(String address) {
        this.address = address;
    }

    @Override
    public List<String> resolve(String name) {
        if (name.equals("localhost")) {
            return List.of("127.0.0.1");
        }
        return name.matches("[0-9.]+|[0-9a-fA-F:]*:[0-9a-fA-F:.]*") ? List.of(name) : List.of();
    }

    @Override
    public Connection connect(String to, int port) {
        if (!reachable(to)) {
            throw new FileException(Errno.EHOSTUNREACH);
        }
        Consumer<Connection> listener = listeners.get(port);
        if (listener == null) {
            throw new FileException(Errno.ECONNREFUSED);
        }
        Connection.Pair pair = Connection.pair(address, to);
        listener.accept(pair.server());
        return pair.client();
    }

    @Override
    public Runnable listen(int port, Consumer<Connection> accept) {
        if (listeners.putIfAbsent(port, accept) != null) {
            throw new FileException(Errno.EADDRINUSE);
        }
        return () -> listeners.remove(port, accept);
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public boolean reachable(String to) {
        return to.equals(address) || to.startsWith("127.") || to.equals("::1");
    }
}
