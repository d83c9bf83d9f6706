package dev.orrery.apiserver.node;

import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.store.ClusterState;
import dev.orrery.apiserver.store.Stored;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.ObjectKey;

/** Where the kubelet of a node answers: it says so in an annotation, if it is one of several. */
public final class AgentAddress {

    private static final String ANNOTATION = "orrery.dev/agent-address";

    private static final GroupResource NODES = new GroupResource("", "nodes");

    private AgentAddress() {}

    /**
     * @param usual where nothing is said
     */
    public static String of(ClusterState state, String node, String usual) {
        if (node.isEmpty()) {
            return usual;
        }
        Stored stored = state.get(new ObjectKey(NODES, "", node));
        if (stored == null) {
            return usual;
        }
        return Trees.read(stored.value())
                .path("metadata")
                .path("annotations")
                .path(ANNOTATION)
                .asText(usual);
    }
}
