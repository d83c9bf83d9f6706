package dev.orrery.apiserver.node;

import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.store.ClusterState;
import dev.orrery.apiserver.store.Stored;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.ObjectKey;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where kubelets answer, each as {@code host:port}: a node says so in an annotation, if its process
 * is one of several.
 *
 * @param state null until the log has been read
 * @param usual where nothing is said
 */
public record AgentAddresses(Supplier<@Nullable ClusterState> state, String usual) {

    private static final String ANNOTATION = "orrery.dev/agent-address";

    private static final GroupResource NODES = new GroupResource("", "nodes");

    /**
     * @param node its name; empty where any node would do
     */
    public String of(String node) {
        ClusterState current = state.get();
        Stored stored =
                current == null || node.isEmpty()
                        ? null
                        : current.get(new ObjectKey(NODES, "", node));
        return stored == null ? usual : address(stored);
    }

    /** Of the processes of all nodes. */
    public Set<String> all() {
        Set<String> addresses = new TreeSet<>();
        ClusterState current = state.get();
        if (current != null) {
            current.list(NODES).forEach(node -> addresses.add(address(node)));
        }
        return addresses;
    }

    private String address(Stored node) {
        return Trees.read(node.value())
                .path("metadata")
                .path("annotations")
                .path(ANNOTATION)
                .asText(usual);
    }
}
