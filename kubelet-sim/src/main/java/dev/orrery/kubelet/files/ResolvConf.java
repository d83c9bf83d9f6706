package dev.orrery.kubelet.files;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodDNSConfig;
import io.fabric8.kubernetes.api.model.PodDNSConfigOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** {@code /etc/resolv.conf} as a kubelet writes it: by the pod's DNS policy and its own wishes. */
final class ResolvConf {

    /** Where a cluster's own name server is usually found. */
    private static final String CLUSTER_DNS = "10.96.0.10";

    private static final String NODE_DNS = "169.254.169.254";

    /** As the resolver of the C library reads no more. */
    private static final int MOST_SERVERS = 3;

    private final Set<String> servers = new LinkedHashSet<>();
    private final Set<String> searches = new LinkedHashSet<>();
    private final Map<String, String> options = new LinkedHashMap<>();

    private ResolvConf() {}

    static String of(Pod pod) {
        ResolvConf file = new ResolvConf();
        file.followPolicy(pod);
        PodDNSConfig own = pod.getSpec().getDnsConfig();
        if (own != null) {
            file.servers.addAll(own.getNameservers());
            file.searches.addAll(own.getSearches());
            for (PodDNSConfigOption option : own.getOptions()) {
                file.options.put(
                        option.getName(), Objects.requireNonNullElse(option.getValue(), ""));
            }
        }
        return file.text();
    }

    private void followPolicy(Pod pod) {
        String policy = Objects.requireNonNullElse(pod.getSpec().getDnsPolicy(), "ClusterFirst");
        boolean host = Boolean.TRUE.equals(pod.getSpec().getHostNetwork());
        if (policy.equals("None")) {
            return;
        }
        if (policy.equals("Default") || (policy.equals("ClusterFirst") && host)) {
            servers.add(NODE_DNS);
            return;
        }
        servers.add(CLUSTER_DNS);
        searches.add(pod.getMetadata().getNamespace() + ".svc.cluster.local");
        searches.add("svc.cluster.local");
        searches.add("cluster.local");
        options.put("ndots", "5");
    }

    private String text() {
        List<String> lines = new ArrayList<>();
        if (!searches.isEmpty()) {
            lines.add("search " + String.join(" ", searches));
        }
        servers.stream().limit(MOST_SERVERS).forEach(server -> lines.add("nameserver " + server));
        if (!options.isEmpty()) {
            List<String> words = new ArrayList<>();
            options.forEach(
                    (name, value) -> words.add(value.isEmpty() ? name : name + ":" + value));
            lines.add("options " + String.join(" ", words));
        }
        return String.join("\n", lines) + "\n";
    }
}
