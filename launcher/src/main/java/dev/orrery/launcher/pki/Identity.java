package dev.orrery.launcher.pki;

import java.util.List;

/**
 * Who a certificate speaks for.
 *
 * @param file the name of its files, without ending
 * @param user Kubernetes' user name, the certificate's CN
 * @param groups Kubernetes' groups, the certificate's O
 * @param hosts DNS names and addresses that it serves under; empty for a client only
 */
record Identity(String file, String user, List<String> groups, List<String> hosts) {

    Identity {
        groups = List.copyOf(groups);
        hosts = List.copyOf(hosts);
    }

    static Identity client(String file, String user, String... groups) {
        return new Identity(file, user, List.of(groups), List.of());
    }
}
