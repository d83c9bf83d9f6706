package dev.orrery.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.nodeaccess.NodeIdentity;
import dev.orrery.apiserver.rules.Same;
import dev.orrery.apiserver.status.Refusals;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A node writes its own objects only, and of these only what a kubelet knows best. */
public final class NodeRestriction implements AdmissionPlugin {

    private static final String MIRROR = "kubernetes.io/config.mirror";
    private static final String LEASES = "kube-node-lease";

    /** Labels of Kubernetes' own domains that a kubelet may set on its node. */
    private static final Set<String> KUBELET_LABELS =
            Set.of(
                    "kubernetes.io/hostname",
                    "kubernetes.io/arch",
                    "kubernetes.io/os",
                    "beta.kubernetes.io/arch",
                    "beta.kubernetes.io/os",
                    "node.kubernetes.io/instance-type",
                    "beta.kubernetes.io/instance-type",
                    "topology.kubernetes.io/zone",
                    "topology.kubernetes.io/region",
                    "failure-domain.beta.kubernetes.io/zone",
                    "failure-domain.beta.kubernetes.io/region");

    @Override
    public void validate(Attributes attributes) {
        if (!NodeIdentity.isNode(attributes.user())) {
            return;
        }
        String node = NodeIdentity.name(attributes.user());
        if (node.isEmpty()) {
            throw forbidden(
                    attributes,
                    "could not determine node identity from user \""
                            + attributes.user().name()
                            + "\"");
        }
        switch (attributes.kind().resource().toString()) {
            case "pods" -> checkPod(attributes, node);
            case "nodes" -> checkNode(attributes, node);
            case "leases.coordination.k8s.io" -> checkLease(attributes, node);
            case "csinodes.storage.k8s.io" -> checkName(attributes, node, "CSINode");
            default -> {}
        }
    }

    private static void checkPod(Attributes attributes, String node) {
        switch (attributes.subresource()) {
            case "" -> checkWholePod(attributes, node);
            case "status" -> checkPodStatus(attributes, node);
            case "eviction" ->
                    require(
                            attributes,
                            isOn(attributes.old(), node),
                            "node "
                                    + node
                                    + " can only evict pods with spec.nodeName set to itself");
            default ->
                    throw forbidden(
                            attributes,
                            "unexpected pod subresource \"" + attributes.subresource() + "\"");
        }
    }

    private static void checkWholePod(Attributes attributes, String node) {
        switch (attributes.operation()) {
            case CREATE -> checkMirror(attributes, node);
            case DELETE ->
                    require(
                            attributes,
                            isOn(attributes.old(), node),
                            "node \""
                                    + node
                                    + "\" can only delete pods with spec.nodeName set to itself");
            case UPDATE, CONNECT ->
                    throw forbidden(
                            attributes, "unexpected operation \"" + attributes.operation() + "\"");
        }
    }

    private static void checkMirror(Attributes attributes, String node) {
        ObjectNode pod = attributes.object();
        require(
                attributes,
                pod != null && pod.path("metadata").path("annotations").has(MIRROR),
                "pod does not have \""
                        + MIRROR
                        + "\" annotation, node \""
                        + node
                        + "\" can only create mirror pods");
        require(
                attributes,
                isOn(pod, node),
                "node \"" + node + "\" can only create pods with spec.nodeName set to itself");
        require(
                attributes,
                pod != null && pod.path("spec").path("serviceAccountName").asText("").isEmpty(),
                "node \"" + node + "\" can not create pods that reference a service account");
    }

    private static void checkPodStatus(Attributes attributes, String node) {
        require(
                attributes,
                isOn(attributes.old(), node),
                "node \""
                        + node
                        + "\" can only update pod status for pods with spec.nodeName set to itself");
        require(
                attributes,
                same(attributes, "labels"),
                "node \"" + node + "\" cannot update labels through pod status");
    }

    private static void checkNode(Attributes attributes, String node) {
        require(
                attributes,
                attributes.name().equals(node),
                "node \""
                        + node
                        + "\" is not allowed to modify node \""
                        + attributes.name()
                        + "\"");
        ObjectNode object = attributes.object();
        if (object == null) {
            return;
        }
        Set<String> labels = foreignLabels(object, attributes.old());
        if (attributes.operation() == Operation.CREATE) {
            require(
                    attributes,
                    labels.isEmpty(),
                    "node \""
                            + node
                            + "\" is not allowed to set the following labels: "
                            + String.join(", ", labels));
            return;
        }
        require(
                attributes,
                labels.isEmpty(),
                "node \""
                        + node
                        + "\" is not allowed to modify labels: "
                        + String.join(", ", labels));
        ObjectNode old = attributes.old();
        require(
                attributes,
                old != null && Same.same(object.at("/spec/taints"), old.at("/spec/taints")),
                "node \"" + node + "\" is not allowed to modify taints");
        require(
                attributes,
                same(attributes, "ownerReferences"),
                "node \"" + node + "\" is not allowed to modify ownerReferences");
    }

    /** Labels of Kubernetes' domains that are not the kubelet's, and that it changes. */
    private static Set<String> foreignLabels(ObjectNode object, @Nullable ObjectNode old) {
        Set<String> foreign = new TreeSet<>();
        JsonNode labels = object.path("metadata").path("labels");
        JsonNode before = old == null ? object.path("none") : old.path("metadata").path("labels");
        for (JsonNode side : new JsonNode[] {labels, before}) {
            for (Map.Entry<String, JsonNode> label : side.properties()) {
                String key = label.getKey();
                if (!isKubelets(key) && !labels.path(key).equals(before.path(key))) {
                    foreign.add(key);
                }
            }
        }
        return foreign;
    }

    private static boolean isKubelets(String key) {
        int slash = key.indexOf('/');
        String domain = slash < 0 ? "" : key.substring(0, slash);
        if (isIn(domain, "node-restriction.kubernetes.io")) {
            return false;
        }
        return (!isIn(domain, "kubernetes.io") && !isIn(domain, "k8s.io"))
                || KUBELET_LABELS.contains(key)
                || isIn(domain, "kubelet.kubernetes.io")
                || isIn(domain, "node.kubernetes.io");
    }

    private static boolean isIn(String domain, String parent) {
        return domain.equals(parent) || domain.endsWith("." + parent);
    }

    private static void checkLease(Attributes attributes, String node) {
        require(
                attributes,
                attributes.namespace().equals(LEASES),
                "can only access leases in the system namespace \"" + LEASES + "\"");
        checkName(attributes, node, "node lease");
    }

    private static void checkName(Attributes attributes, String node, String what) {
        require(
                attributes,
                attributes.name().equals(node),
                "can only access " + what + " with the same name as the requesting node");
    }

    private static boolean isOn(@Nullable ObjectNode pod, String node) {
        return pod != null && pod.path("spec").path("nodeName").asText("").equals(node);
    }

    private static boolean same(Attributes attributes, String field) {
        ObjectNode object = attributes.object();
        ObjectNode old = attributes.old();
        if (object == null || old == null) {
            return true;
        }
        JsonNode after = object.path("metadata").path(field);
        JsonNode before = old.path("metadata").path(field);
        return (after.isEmpty() && before.isEmpty()) || after.equals(before);
    }

    private static void require(Attributes attributes, boolean holds, String otherwise) {
        if (!holds) {
            throw forbidden(attributes, otherwise);
        }
    }

    private static RuntimeException forbidden(Attributes attributes, String why) {
        return Refusals.forbidden(attributes.kind().resource(), attributes.name(), why);
    }
}
