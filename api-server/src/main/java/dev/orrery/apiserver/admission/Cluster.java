package dev.orrery.apiserver.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.store.ClusterState;
import dev.orrery.apiserver.store.Stored;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Objects of the cluster's state as trees, which are the caller's own. */
record Cluster(ClusterState state) {

    static final GroupResource PODS = new GroupResource("", "pods");
    static final GroupResource CLAIMS = new GroupResource("", "persistentvolumeclaims");
    static final GroupResource VOLUMES = new GroupResource("", "persistentvolumes");
    static final GroupResource SERVICES = new GroupResource("", "services");
    static final GroupResource NODES = new GroupResource("", "nodes");

    static Cluster of(Attributes attributes) {
        return new Cluster(attributes.state());
    }

    @Nullable ObjectNode get(GroupResource resource, String namespace, String name) {
        if (name.isEmpty()) {
            return null;
        }
        Stored stored = state.get(new ObjectKey(resource, namespace, name));
        return stored == null ? null : Trees.read(stored.value());
    }

    List<ObjectNode> list(GroupResource resource, String namespace) {
        List<ObjectNode> objects = new ArrayList<>();
        for (Stored stored : state.list(resource, namespace)) {
            objects.add(Trees.read(stored.value()));
        }
        return objects;
    }

    /** Whether it is this object itself that is made or changed, and not a part of it. */
    static boolean writes(Attributes attributes, Operation operation, GroupResource resource) {
        return attributes.operation() == operation
                && attributes.subresource().isEmpty()
                && attributes.kind().storage().equals(resource);
    }
}
