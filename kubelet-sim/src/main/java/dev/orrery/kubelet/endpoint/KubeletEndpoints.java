package dev.orrery.kubelet.endpoint;

import dev.orrery.userland.Connection;
import dev.orrery.userland.network.Address;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The kubelets of a process as servers. For any thread. */
public final class KubeletEndpoints {

    private static final int PORT = 10_250;
    private static final Address CLIENT = new Address("10.0.0.1", 0);

    private final Map<String, NodeReport> nodes = new ConcurrentHashMap<>();
    private final Executor executor;

    /**
     * @param executor answers requests
     */
    public KubeletEndpoints(Executor executor) {
        this.executor = executor;
    }

    /**
     * @param pods of the node, as the API has them
     */
    public void add(String node, Supplier<Collection<Pod>> pods) {
        nodes.put(node, new NodeReport(node, pods));
    }

    /** Null where there is no such node in this process. */
    public @Nullable Connection connect(String node) {
        NodeReport report = nodes.get(node);
        if (report == null) {
            return null;
        }
        Connection.Pair pair = Connection.pair(CLIENT, new Address(node, PORT));
        new Answering(pair.server(), report, executor).begin();
        return pair.client();
    }
}
