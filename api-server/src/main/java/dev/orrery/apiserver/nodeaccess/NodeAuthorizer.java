package dev.orrery.apiserver.nodeaccess;

import dev.orrery.apiserver.authorization.Access;
import dev.orrery.apiserver.authorization.Authorizer;
import dev.orrery.apiserver.authorization.Decision;
import dev.orrery.apiserver.authorization.Decision.Allowed;
import dev.orrery.apiserver.authorization.Decision.Refused;
import dev.orrery.apiserver.rbac.Rule;
import dev.orrery.apiserver.store.ClusterState;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Decides for nodes: what every node may do, and of the objects that pods refer to, only those that
 * the pods on the node do.
 */
public final class NodeAuthorizer implements Authorizer {

    private static final Decision ALLOWED = new Allowed("");
    private static final Decision REFUSED = new Refused("");
    private static final String LEASES = "kube-node-lease";
    private static final Set<String> READ = Set.of("get", "list", "watch");
    private static final Set<String> CHANGE = Set.of("get", "update", "patch");
    private static final Set<String> OWN = Set.of("get", "create", "update", "patch", "delete");

    private final List<Rule> rules;
    private final NodeObjects objects;

    /**
     * @param rules of every node
     */
    public NodeAuthorizer(List<Rule> rules, Supplier<ClusterState> state) {
        this.rules = List.copyOf(rules);
        this.objects = new NodeObjects(state);
    }

    @Override
    public Decision authorize(Access access) {
        if (!NodeIdentity.isNode(access.user())) {
            return REFUSED;
        }
        String node = NodeIdentity.name(access.user());
        if (node.isEmpty()) {
            return new Refused("unknown node for user \"" + access.user().name() + "\"");
        }
        return switch (access.group()) {
            case "" -> core(node, access);
            case "coordination.k8s.io" ->
                    access.resource().equals("leases") ? lease(node, access) : general(access);
            case "storage.k8s.io" -> storage(node, access);
            case "resource.k8s.io" -> device(node, access);
            default -> general(access);
        };
    }

    private Decision general(Access access) {
        for (Rule rule : rules) {
            if (rule.allows(access)) {
                return ALLOWED;
            }
        }
        return REFUSED;
    }

    private Decision core(String node, Access access) {
        return switch (access.resource()) {
            case "secrets", "configmaps" -> referred(node, access);
            case "persistentvolumeclaims" ->
                    access.subresource().equals("status")
                            ? claimStatus(node, access)
                            : one(node, access);
            case "persistentvolumes" -> one(node, access);
            case "serviceaccounts" -> account(node, access);
            case "nodes" -> node(node, access);
            case "pods" -> pod(node, access);
            default -> general(access);
        };
    }

    private Decision storage(String node, Access access) {
        return switch (access.resource()) {
            case "volumeattachments" -> one(node, access);
            case "csinodes" -> csiNode(node, access);
            default -> general(access);
        };
    }

    private Decision device(String node, Access access) {
        return switch (access.resource()) {
            case "resourceclaims" -> one(node, access);
            case "resourceslices" -> slice(node, access);
            default -> general(access);
        };
    }

    private Decision referred(String node, Access access) {
        if (!READ.contains(access.verb())) {
            return new Refused("can only read resources of this type");
        }
        if (!access.subresource().isEmpty()) {
            return new Refused("cannot read subresource");
        }
        if (access.namespace().isEmpty()) {
            return new Refused("can only read namespaced object of this type");
        }
        return related(node, access);
    }

    private Decision one(String node, Access access) {
        if (!access.verb().equals("get")) {
            return new Refused("can only get individual resources of this type");
        }
        return access.subresource().isEmpty()
                ? related(node, access)
                : new Refused("cannot get subresource");
    }

    private Decision claimStatus(String node, Access access) {
        return CHANGE.contains(access.verb())
                ? related(node, access)
                : new Refused("can only get/update/patch this type");
    }

    private Decision related(String node, Access access) {
        if (access.name().isEmpty()) {
            return new Refused("No Object name found");
        }
        return objects.isNeeded(node, access)
                ? ALLOWED
                : new Refused("no relationship found between node '" + node + "' and this object");
    }

    private Decision account(String node, Access access) {
        if (access.verb().equals("get") && access.subresource().isEmpty()) {
            return related(node, access);
        }
        return access.verb().equals("create") && access.subresource().equals("token")
                ? related(node, access)
                : new Refused("can only create tokens for individual service accounts");
    }

    private static Decision node(String node, Access access) {
        return switch (access.subresource() + "/" + access.verb()) {
            case "/create", "/update", "/patch", "status/update", "status/patch" -> ALLOWED;
            case "/get", "/list", "/watch" -> readsNode(node, access.name());
            default -> REFUSED;
        };
    }

    private static Decision readsNode(String node, String name) {
        if (name.equals(node)) {
            return ALLOWED;
        }
        return new Refused(
                name.isEmpty()
                        ? "node '" + node + "' cannot read all nodes, only its own Node object"
                        : "node '"
                                + node
                                + "' cannot read '"
                                + name
                                + "', only its own Node object");
    }

    private Decision pod(String node, Access access) {
        return switch (access.subresource() + "/" + access.verb()) {
            case "/get" -> related(node, access);
            case "/list", "/watch" ->
                    node.equals(access.fields().get("spec.nodeName"))
                            ? ALLOWED
                            : new Refused(
                                    "can only list/watch pods with spec.nodeName field selector");
            case "/create", "/delete", "status/update", "status/patch", "eviction/create" ->
                    ALLOWED;
            default -> REFUSED;
        };
    }

    private static Decision lease(String node, Access access) {
        if (!OWN.contains(access.verb())) {
            return new Refused("can only get, create, update, patch, or delete a node lease");
        }
        if (!access.namespace().equals(LEASES)) {
            return new Refused("can only access leases in the \"" + LEASES + "\" system namespace");
        }
        return access.verb().equals("create") || access.name().equals(node)
                ? ALLOWED
                : new Refused(
                        "can only access node lease with the same name as the requesting node");
    }

    private static Decision csiNode(String node, Access access) {
        if (!access.subresource().isEmpty()) {
            return new Refused("cannot authorize CSINode subresources");
        }
        if (!OWN.contains(access.verb())) {
            return new Refused("can only get, create, update, patch, or delete a CSINode");
        }
        return access.verb().equals("create") || access.name().equals(node)
                ? ALLOWED
                : new Refused("can only access CSINode with the same name as the requesting node");
    }

    private static Decision slice(String node, Access access) {
        if (!access.subresource().isEmpty()) {
            return new Refused("cannot authorize ResourceSlice subresources");
        }
        return switch (access.verb()) {
            case "create", "get", "update", "patch", "delete" -> ALLOWED;
            case "list", "watch", "deletecollection" ->
                    node.equals(access.fields().get("spec.nodeName"))
                            ? ALLOWED
                            : new Refused(
                                    "can only list/watch/deletecollection resourceslices with"
                                            + " nodeName field selector");
            default ->
                    new Refused(
                            "only the following verbs are allowed for a ResourceSlice: create,"
                                    + " get, update, patch, delete");
        };
    }
}
