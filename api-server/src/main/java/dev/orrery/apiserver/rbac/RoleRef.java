package dev.orrery.apiserver.rbac;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.ObjectKey;

/**
 * The role that a binding gives.
 *
 * @param kind {@code Role} or {@code ClusterRole}
 */
public record RoleRef(String kind, String name) {

    public static RoleRef of(JsonNode reference) {
        return new RoleRef(reference.path("kind").asText(""), reference.path("name").asText(""));
    }

    public boolean isCluster() {
        return kind.equals("ClusterRole");
    }

    public GroupResource resource() {
        return isCluster() ? Rbac.CLUSTER_ROLES : Rbac.ROLES;
    }

    /**
     * @param namespace of the binding
     */
    ObjectKey key(String namespace) {
        return new ObjectKey(resource(), isCluster() ? "" : namespace, name);
    }
}
