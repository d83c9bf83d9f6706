package dev.orrery.kubelet.network;

import dev.orrery.userland.Connection;
import dev.orrery.userland.Network;
import dev.orrery.userland.network.Address;
import dev.orrery.userland.network.Bound;
import dev.orrery.userland.network.Datagram;
import dev.orrery.userland.network.Lookup;
import dev.orrery.userland.network.Ports;
import dev.orrery.userland.network.RecordType;
import java.util.function.Consumer;

/**
 * One network namespace: that of a pod, which all its containers share, or that of a node, which is
 * also that of the pods on its host network.
 */
public final class PodNetwork implements Network {

    private final Fabric fabric;
    private final String address;
    private final String node;
    private final boolean ofNode;
    private final Ports ports = new Ports();

    PodNetwork(Fabric fabric, String address, String node, boolean ofNode) {
        this.fabric = fabric;
        this.address = address;
        this.node = node;
        this.ofNode = ofNode;
    }

    @Override
    public String address() {
        return address;
    }

    /** The name of the node that it is on; empty for one that is on none. */
    String node() {
        return node;
    }

    boolean isOfNode() {
        return ofNode;
    }

    Ports ports() {
        return ports;
    }

    boolean isOwn(String host) {
        return host.equals(address) || Address.isLoopback(host) || Address.isAny(host);
    }

    @Override
    public Lookup lookup(String server, String name, RecordType type) {
        return fabric.lookup(server, name, type);
    }

    @Override
    public Connection connect(String host, int port) {
        return fabric.connect(this, new Address(host, port));
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
        fabric.send(this, datagram);
    }

    @Override
    public boolean reachable(String host) {
        return isOwn(host) || fabric.isThere(host);
    }
}
