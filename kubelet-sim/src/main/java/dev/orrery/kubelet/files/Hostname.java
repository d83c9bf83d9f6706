package dev.orrery.kubelet.files;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;

/**
 * What a pod's containers are called.
 *
 * @param name the host's own
 * @param domain after it; empty where the pod has no subdomain
 * @param shown what {@code hostname} says
 */
public record Hostname(String name, String domain, String shown) {

    private static final int LONGEST = 63;
    private static final String CLUSTER_DOMAIN = "cluster.local";

    public static Hostname of(Pod pod, String nodeName) {
        PodSpec spec = pod.getSpec();
        if (Boolean.TRUE.equals(spec.getHostNetwork())) {
            return new Hostname(nodeName, "", nodeName);
        }
        String override = spec.getHostnameOverride();
        if (override != null && !override.isEmpty()) {
            return new Hostname(override, "", override);
        }
        String own = spec.getHostname();
        String name = own == null || own.isEmpty() ? pod.getMetadata().getName() : own;
        if (name.length() > LONGEST) {
            name = name.substring(0, LONGEST).replaceAll("[-.]+$", "");
        }
        String subdomain = spec.getSubdomain();
        String domain =
                subdomain == null || subdomain.isEmpty()
                        ? ""
                        : subdomain
                                + "."
                                + pod.getMetadata().getNamespace()
                                + ".svc."
                                + CLUSTER_DOMAIN;
        boolean full = Boolean.TRUE.equals(spec.getSetHostnameAsFQDN()) && !domain.isEmpty();
        return new Hostname(name, domain, full ? name + "." + domain : name);
    }

    public String qualified() {
        return domain.isEmpty() ? name : name + "." + domain;
    }
}
