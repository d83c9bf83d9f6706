package dev.orrery.kubelet.files;

import io.fabric8.kubernetes.api.model.HostAlias;
import io.fabric8.kubernetes.api.model.Pod;

/** {@code /etc/hosts} of nodes, and as a kubelet writes it for containers. */
public final class HostsFile {

    private static final String LOCAL =
            """
            127.0.0.1\tlocalhost
            ::1\tlocalhost ip6-localhost ip6-loopback
            fe00::0\tip6-localnet
            fe00::0\tip6-mcastprefix
            fe00::1\tip6-allnodes
            fe00::2\tip6-allrouters
            """;

    private HostsFile() {}

    /** The node's own. */
    public static String ofNode(String nodeName) {
        return LOCAL + "127.0.1.1\t" + nodeName + "\n";
    }

    static String of(Pod pod, Hostname hostname, String podIp) {
        StringBuilder text = new StringBuilder();
        if (Boolean.TRUE.equals(pod.getSpec().getHostNetwork())) {
            text.append("# Kubernetes-managed hosts file (host network).\n");
            text.append(ofNode(hostname.name()));
        } else {
            text.append("# Kubernetes-managed hosts file.\n").append(LOCAL);
            text.append(podIp).append('\t');
            if (!hostname.domain().isEmpty()) {
                text.append(hostname.qualified()).append('\t');
            }
            text.append(hostname.name()).append('\n');
        }
        if (!pod.getSpec().getHostAliases().isEmpty()) {
            text.append("\n# Entries added by HostAliases.\n");
            for (HostAlias alias : pod.getSpec().getHostAliases()) {
                text.append(alias.getIp())
                        .append('\t')
                        .append(String.join("\t", alias.getHostnames()))
                        .append('\n');
            }
        }
        return text.toString();
    }
}
