package dev.orrery.kubelet.network;

import dev.orrery.machinery.Surroundings;
import dev.orrery.userland.Connection;
import dev.orrery.userland.Network;
import dev.orrery.userland.file.Errno;
import dev.orrery.userland.file.FileException;
import dev.orrery.userland.network.Address;
import dev.orrery.userland.network.Datagram;
import dev.orrery.userland.network.Lookup;
import dev.orrery.userland.network.RecordType;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The network that joins all pods and nodes of a process, and through an {@link Uplink} what is
 * beyond. It knows Services as kube-proxy does and answers names as the cluster's DNS does. A pod's
 * network is there from the making of its sandbox to its end. For any thread; nothing here waits.
 */
public final class Fabric implements PodNetworks {

    private static final String CONTROL_PLANE = "10.0.0.1";

    private final Map<String, PodNetwork> byAddress = new ConcurrentHashMap<>();
    private final Map<String, PodNetwork> nodes = new ConcurrentHashMap<>();
    private final Map<String, PodNetwork> byPod = new ConcurrentHashMap<>();
    private final HostForwards forwards = new HostForwards();
    private final ServiceTable services;
    private final Balancer balancer;
    private final ClusterNames names;
    private final Uplink uplink;
    private final PodNetwork controlPlane;

    /** Before the start of the surroundings' informers. */
    public Fabric(Surroundings surroundings, Uplink uplink) {
        this.services = new ServiceTable(surroundings.informers());
        this.balancer =
                new Balancer(
                        services,
                        surroundings.clock(),
                        new SplittableRandom(surroundings.random().nextLong()));
        this.names = new ClusterNames(services);
        this.uplink = uplink;
        this.controlPlane = new PodNetwork(this, CONTROL_PLANE, "", false);
    }

    /** A node's own network is there from now on. */
    public void addNode(String name, String address) {
        PodNetwork network = new PodNetwork(this, address, name, true);
        nodes.put(name, network);
        byAddress.put(address, network);
    }

    /**
     * A pod's sandbox stands at an address: the pod's own, or its node's, whose network it then
     * shares. Doing it again changes nothing.
     */
    @Override
    public Network join(Pod pod, String address) {
        return byPod.compute(
                pod.getMetadata().getUid(),
                (_, known) ->
                        known != null && known.address().equals(address)
                                ? known
                                : made(pod, address));
    }

    private PodNetwork made(Pod pod, String address) {
        String name = pod.getSpec().getNodeName();
        PodNetwork node = nodes.get(name);
        if (node != null && node.address().equals(address)) {
            return node;
        }
        PodNetwork network = new PodNetwork(this, address, name, false);
        byAddress.put(address, network);
        forwards.add(pod, name, address);
        return network;
    }

    /** A pod's sandbox is no more. */
    @Override
    public void leave(Pod pod) {
        String uid = pod.getMetadata().getUid();
        PodNetwork network = byPod.remove(uid);
        if (network != null && !network.isOfNode()) {
            byAddress.remove(network.address(), network);
            forwards.remove(uid, network.node());
        }
    }

    /** Null where the pod has no sandbox. */
    public @Nullable Network ofPod(String podUid) {
        return byPod.get(podUid);
    }

    /** The network as the control plane sees it: on no node, and with no ports of its own. */
    public Network controlPlane() {
        return controlPlane;
    }

    Lookup lookup(String server, String name, RecordType type) {
        return server.equals(ClusterNames.SERVER) ? names.lookup(name, type) : Lookup.UNANSWERED;
    }

    boolean isThere(String address) {
        return byAddress.containsKey(address) || services.at(address) != null;
    }

    Connection connect(PodNetwork client, Address to) {
        Address target = route(client, to, Protocol.TCP);
        PodNetwork server = client.isOwn(target.host()) ? client : byAddress.get(target.host());
        Address from = new Address(source(client, target), client.ports().ephemeral());
        if (server == null) {
            Connection beyond = services.isApiServer(target) ? uplink.connect(from, target) : null;
            if (beyond == null) {
                throw unreachable(client, target);
            }
            return beyond;
        }
        Consumer<Connection> listener = server.ports().listener(target.host(), target.port());
        if (listener == null) {
            throw new FileException(Errno.ECONNREFUSED);
        }
        Connection.Pair pair = Connection.pair(from, target);
        listener.accept(pair.server());
        return pair.client();
    }

    void send(PodNetwork client, Datagram datagram) {
        Address to = datagram.to();
        Address target = route(client, to, Protocol.UDP);
        PodNetwork server = client.isOwn(target.host()) ? client : byAddress.get(target.host());
        if (server == null) {
            throw unreachable(client, target);
        }
        Consumer<Datagram> receiver = server.ports().receiver(target.host(), target.port());
        if (receiver == null) {
            throw new FileException(Errno.ECONNREFUSED);
        }
        Address from = new Address(source(client, target), datagram.from().port());
        receiver.accept(new Datagram(from, to, datagram.bytes()));
    }

    /** Where a packet ends up that begins at a client. */
    private Address route(PodNetwork client, Address to, Protocol protocol) {
        if (Address.isAny(to.host())) {
            return route(client, new Address("127.0.0.1", to.port()), protocol);
        }
        Service service = services.at(to.host());
        if (service != null) {
            ServiceTable.Front front = services.front(service, to.host(), protocol, to.port());
            return front == null ? refuse() : endpoint(front, client, client.node());
        }
        PodNetwork network = client.isOwn(to.host()) ? client : byAddress.get(to.host());
        return network != null && network.isOfNode() && !hears(network, to, protocol)
                ? intoNode(client, network, to, protocol)
                : to;
    }

    private static boolean hears(PodNetwork network, Address to, Protocol protocol) {
        return switch (protocol) {
            case TCP -> network.ports().listener(to.host(), to.port()) != null;
            case UDP -> network.ports().receiver(to.host(), to.port()) != null;
        };
    }

    private Address intoNode(PodNetwork client, PodNetwork node, Address to, Protocol protocol) {
        Address container = forwards.target(node.node(), to.host(), protocol, to.port());
        if (container != null) {
            return container;
        }
        ServiceTable.Front front = services.atNodePort(protocol, to.port());
        return front == null ? to : endpoint(front, client, node.node());
    }

    private Address endpoint(ServiceTable.Front front, PodNetwork client, String node) {
        Address chosen = balancer.choose(front, client.address(), node);
        return chosen == null ? refuse() : chosen;
    }

    private static Address refuse() {
        throw new FileException(Errno.ECONNREFUSED);
    }

    private static String source(PodNetwork client, Address target) {
        return Address.isLoopback(target.host()) ? target.host() : client.address();
    }

    /** A neighbour that does not answer; or an address to which no way leads. */
    private static FileException unreachable(PodNetwork client, Address to) {
        String near = client.address().substring(0, client.address().indexOf('.') + 1);
        return new FileException(
                to.host().startsWith(near) ? Errno.EHOSTUNREACH : Errno.ENETUNREACH);
    }
}
