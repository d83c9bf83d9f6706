package dev.orrery.controllermanager.certificate;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * One of Kubernetes' own signers, and what it insists on.
 *
 * @param allowed usages that a request may name
 * @param required usages that it must name
 */
record Signer(String name, Set<String> allowed, Set<String> required) {

    private static final Set<String> CLIENT =
            Set.of("client auth", "digital signature", "key encipherment");
    private static final Set<String> SERVER =
            Set.of("server auth", "digital signature", "key encipherment");
    private static final String NODE_GROUP = "system:nodes";
    private static final String NODE_PREFIX = "system:node:";

    static final Signer CLIENTS =
            new Signer("kubernetes.io/kube-apiserver-client", CLIENT, Set.of("client auth"));
    static final Signer KUBELET_CLIENTS =
            new Signer(
                    "kubernetes.io/kube-apiserver-client-kubelet",
                    CLIENT,
                    Set.of("client auth", "digital signature"));
    static final Signer KUBELETS =
            new Signer(
                    "kubernetes.io/kubelet-serving",
                    SERVER,
                    Set.of("server auth", "digital signature"));
    static final Signer UNKNOWN = new Signer("kubernetes.io/legacy-unknown", Set.of(), Set.of());

    static final List<Signer> ALL = List.of(CLIENTS, KUBELET_CLIENTS, KUBELETS, UNKNOWN);

    /** Why a request is none for this signer; empty if it is one. */
    String refusal(RequestedCertificate request, Collection<String> usages) {
        boolean fits = allowed.isEmpty() || allowed.containsAll(usages);
        if (!fits || !usages.containsAll(required)) {
            return "invalid usage for " + purpose() + ": " + List.copyOf(usages);
        }
        if (equals(CLIENTS) || equals(UNKNOWN)) {
            return "";
        }
        if (!request.organizations().equals(List.of(NODE_GROUP))) {
            return "subject organization is not system:nodes";
        }
        if (!request.commonName().startsWith(NODE_PREFIX)) {
            return "subject common name does not begin with 'system:node:'";
        }
        return equals(KUBELETS) ? servingRefusal(request) : clientRefusal(request);
    }

    private static String clientRefusal(RequestedCertificate request) {
        return request.hasNames() ? "subjectAltNames are not allowed" : "";
    }

    private static String servingRefusal(RequestedCertificate request) {
        return request.hasNames() ? "" : "DNS or IP subjectAltName is required";
    }

    private String purpose() {
        return equals(KUBELETS) ? "server certificate" : "client certificate";
    }
}
