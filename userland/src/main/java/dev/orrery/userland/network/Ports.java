package dev.orrery.userland.network;

import dev.orrery.userland.Connection;
import dev.orrery.userland.file.Errno;
import dev.orrery.userland.file.FileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who has which port in one network: the containers of a pod share it, and so cannot have the same.
 * For any thread.
 */
public final class Ports {

    private static final int FIRST_EPHEMERAL = 32_768;
    private static final int LAST_EPHEMERAL = 60_999;

    private record Holder<T>(String host, T receiver) {

        boolean hears(String address) {
            return Address.isAny(host) || host.equals(address);
        }

        boolean excludes(String other) {
            return Address.isAny(host) || Address.isAny(other) || host.equals(other);
        }
    }

    private final Map<Integer, List<Holder<Consumer<Connection>>>> listeners = new HashMap<>();
    private final Map<Integer, List<Holder<Consumer<Datagram>>>> receivers = new HashMap<>();
    private int lastEphemeral = FIRST_EPHEMERAL;

    /** Throws EADDRINUSE; port 0 stands for any free one. */
    public synchronized Bound listen(String host, int port, Consumer<Connection> accept) {
        return take(listeners, host, port, accept);
    }

    /** As {@link #listen}, for datagrams. */
    public synchronized Bound receive(String host, int port, Consumer<Datagram> receiver) {
        return take(receivers, host, port, receiver);
    }

    public synchronized @Nullable Consumer<Connection> listener(String address, int port) {
        return find(listeners, address, port);
    }

    public synchronized @Nullable Consumer<Datagram> receiver(String address, int port) {
        return find(receivers, address, port);
    }

    /** A port for the near end of a connection; nobody holds it. */
    public synchronized int ephemeral() {
        lastEphemeral = lastEphemeral == LAST_EPHEMERAL ? FIRST_EPHEMERAL : lastEphemeral + 1;
        return lastEphemeral;
    }

    private <T> Bound take(Map<Integer, List<Holder<T>>> all, String host, int port, T receiver) {
        int number = port == 0 ? free(all) : port;
        List<Holder<T>> here = all.computeIfAbsent(number, _ -> new ArrayList<>(1));
        if (here.stream().anyMatch(each -> each.excludes(host))) {
            throw new FileException(Errno.EADDRINUSE);
        }
        Holder<T> holder = new Holder<>(host, receiver);
        here.add(holder);
        return new Bound(number, () -> release(all, number, holder));
    }

    private <T> int free(Map<Integer, List<Holder<T>>> all) {
        for (int tried = FIRST_EPHEMERAL; tried <= LAST_EPHEMERAL; tried++) {
            int port = ephemeral();
            if (!all.containsKey(port)) {
                return port;
            }
        }
        throw new FileException(Errno.EADDRINUSE);
    }

    private synchronized <T> void release(
            Map<Integer, List<Holder<T>>> all, int port, Holder<T> holder) {
        List<Holder<T>> here = all.getOrDefault(port, new ArrayList<>());
        here.remove(holder);
        if (here.isEmpty()) {
            all.remove(port);
        }
    }

    private static <T> @Nullable T find(
            Map<Integer, List<Holder<T>>> all, String address, int port) {
        for (Holder<T> holder : all.getOrDefault(port, List.of())) {
            if (holder.hears(address)) {
                return holder.receiver();
            }
        }
        return null;
    }
}
