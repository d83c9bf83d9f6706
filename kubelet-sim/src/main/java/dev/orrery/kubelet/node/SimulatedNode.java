package dev.orrery.kubelet.node;

import dev.orrery.kubelet.pod.PodHost;
import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.store.ApiException;
import dev.orrery.machinery.store.StoreUnavailableException;
import dev.orrery.machinery.time.Clock;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One node: its object, its lease and its pods. Its state is confined to its mailbox; its methods
 * may be called from any thread. Stopped and started again it is a machine that was cut off: its
 * containers have gone on, and it takes them up from what the API says of them.
 */
public final class SimulatedNode {

    private static final System.Logger LOG = System.getLogger(SimulatedNode.class.getName());

    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(7);

    private final NodeShape shape;
    private final PodHost host;
    private final Informer<Node> nodes;
    private final Supplier<Collection<Pod>> bound;
    private final NodeRegistration registration;
    private final NodeLease lease;
    private final NodePods pods;
    private boolean running;
    private boolean announced;
    private boolean atWork;
    private Duration retry = FIRST_RETRY;
    private Clock.@Nullable Timer next;

    /**
     * @param bound the pods that are bound to this node, as the informer has them
     */
    public SimulatedNode(
            NodeShape shape, PodHost host, Informer<Node> nodes, Supplier<Collection<Pod>> bound) {
        this.shape = shape;
        this.host = host;
        this.nodes = nodes;
        this.bound = bound;
        Pressure pressure = new Pressure();
        this.registration =
                new NodeRegistration(shape, host.store(), host.clock(), this::known, pressure);
        this.lease = new NodeLease(shape.name(), host.store(), host.clock());
        this.pods = new NodePods(host, this::described, pressure);
    }

    public String name() {
        return shape.name();
    }

    /**
     * @param offset so that many nodes do not all begin at once
     */
    public void start(Duration offset) {
        host.mailbox()
                .post(() -> {
                    running = true;
                    next = host.clock().schedule(offset, () -> post(this::sign));
                    bound.get().forEach(pod -> pods.changed(null, pod));
                });
    }

    /** No more leases, no more status: as if its network cable had been pulled. */
    public void stop() {
        host.mailbox()
                .post(() -> {
                    running = false;
                    if (next != null) {
                        next.cancel();
                    }
                    pods.abandon();
                });
    }

    /** A pod that is or was bound to this node has changed. */
    public void podChanged(@Nullable Pod before, @Nullable Pod after) {
        post(() -> pods.changed(before, after));
    }

    /** Its object has been deleted: it registers again. */
    public void nodeDeleted() {
        post(this::signNow);
    }

    private void post(Runnable task) {
        host.mailbox()
                .post(() -> {
                    if (running) {
                        task.run();
                    }
                });
    }

    private void signNow() {
        if (!atWork) {
            if (next != null) {
                next.cancel();
            }
            sign();
        }
    }

    /** Sees to the object and the lease, and does so again after a while. */
    private void sign() {
        atWork = true;
        host.executor()
                .execute(() -> {
                    boolean done = signed();
                    host.mailbox().post(() -> signAgain(done));
                });
    }

    private boolean signed() {
        try {
            lease.renew(registration.ensure());
            return true;
        } catch (ApiException | StoreUnavailableException e) {
            complain(e);
            return false;
        }
    }

    /** Once aloud; what follows while the api-server is away is the same again. */
    private void complain(RuntimeException why) {
        boolean first = retry.equals(FIRST_RETRY);
        LOG.log(
                first ? System.Logger.Level.INFO : System.Logger.Level.DEBUG,
                "node not signed, trying again node={0} reason={1}",
                shape.name(),
                why.getMessage());
    }

    private void signAgain(boolean done) {
        atWork = false;
        if (!running) {
            return;
        }
        Duration pause = retry;
        if (done) {
            retry = FIRST_RETRY;
            pause = announced ? NodeLease.RENEWAL : spread();
            announce();
        } else {
            Duration longer = retry.multipliedBy(2);
            retry = longer.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : longer;
        }
        next = host.clock().schedule(pause, () -> post(this::sign));
    }

    private void announce() {
        if (!announced) {
            announced = true;
            host.events().normal(described(), "Starting", "Starting kubelet.");
            host.events()
                    .normal(
                            described(),
                            "NodeReady",
                            "Node " + shape.name() + " status is now: NodeReady");
        }
    }

    /** The second renewal falls anywhere in the period, so that those of many nodes spread. */
    private Duration spread() {
        return Duration.ofMillis(host.random().nextLong(NodeLease.RENEWAL.toMillis()));
    }

    private @Nullable Node known() {
        return nodes.get("", shape.name());
    }

    /** As the API knows it or, before it does, as it will. */
    private Node described() {
        Node known = known();
        return known == null ? NodeObject.of(shape, host.clock().instant()) : known;
    }
}
