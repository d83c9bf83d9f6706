package dev.orrery.userland;

import dev.orrery.userland.file.Errno;
import dev.orrery.userland.file.FileException;
import dev.orrery.userland.network.Address;
import dev.orrery.userland.network.Bound;
import dev.orrery.userland.network.Datagram;
import dev.orrery.userland.network.Lookup;
import dev.orrery.userland.network.Ports;
import dev.orrery.userland.network.RecordType;
import java.util.function.Consumer;

/** A network of one machine, or of a few that share their ports as the containers of a pod do. */
public final class Loopback implements Network {

    private final String address;
    private final Ports ports = new Ports();

    public Loopback(String address) {
        this.address = address;
    }

    @Override
    public Lookup lookup(String server, String name, RecordType type) {
        return Lookup.UNANSWERED;
    }

    @Override
    public Connection connect(String to, int port) {
        if (!reachable(to)) {
            throw new FileException(Errno.EHOSTUNREACH);
        }
        Consumer<Connection> listener = ports.listener(to, port);
        if (listener == null) {
            throw new FileException(Errno.ECONNREFUSED);
        }
        Connection.Pair pair =
                Connection.pair(new Address(to, ports.ephemeral()), new Address(to, port));
        listener.accept(pair.server());
        return pair.client();
    }

    @Override
    public Bound listen(String host, int port, Consumer<Connection> accept) {
        return ports.listen(host, port, accept);
    }

    @Override
    public Bound receive(String host, int port, Consumer<Datagram> receiver) {
        return ports.receive(host, port, receiver);
    }

    @Override
    public void send(Datagram datagram) {
        Address to = datagram.to();
        if (!reachable(to.host())) {
            throw new FileException(Errno.EHOSTUNREACH);
        }
        Consumer<Datagram> receiver = ports.receiver(to.host(), to.port());
        if (receiver == null) {
            throw new FileException(Errno.ECONNREFUSED);
        }
        Address from = new Address(to.host(), datagram.from().port());
        receiver.accept(new Datagram(from, to, datagram.bytes()));
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public boolean reachable(String to) {
        return to.equals(address) || Address.isLoopback(to);
    }
}
