package dev.orrery.kubelet.admission;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Sysctl;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which settings of the kernel a pod may have changed: those that concern nobody else. Pure. */
final class Sysctls {

    private static final Set<String> SAFE =
            Set.of(
                    "kernel.shm_rmid_forced",
                    "net.ipv4.ip_local_port_range",
                    "net.ipv4.ip_local_reserved_ports",
                    "net.ipv4.ip_unprivileged_port_start",
                    "net.ipv4.ping_group_range",
                    "net.ipv4.tcp_fin_timeout",
                    "net.ipv4.tcp_keepalive_intvl",
                    "net.ipv4.tcp_keepalive_probes",
                    "net.ipv4.tcp_keepalive_time",
                    "net.ipv4.tcp_rmem",
                    "net.ipv4.tcp_syncookies",
                    "net.ipv4.tcp_wmem");

    private Sysctls() {}

    static Verdict.@Nullable Rejected decide(Pod pod) {
        if (pod.getSpec().getSecurityContext() == null) {
            return null;
        }
        for (Sysctl sysctl : pod.getSpec().getSecurityContext().getSysctls()) {
            if (!SAFE.contains(sysctl.getName().replace('/', '.'))) {
                return new Verdict.Rejected(
                        "SysctlForbidden",
                        "Pod was rejected: forbidden sysctl: \""
                                + sysctl.getName()
                                + "\" not allowlisted");
            }
        }
        return null;
    }
}
