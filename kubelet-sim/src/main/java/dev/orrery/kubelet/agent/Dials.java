package dev.orrery.kubelet.agent;

import dev.orrery.kubelet.endpoint.KubeletEndpoints;
import dev.orrery.kubelet.network.Fabric;
import dev.orrery.proto.DialStart;
import dev.orrery.userland.Connection;
import dev.orrery.userland.Network;
import dev.orrery.userland.file.Errno;
import dev.orrery.userland.file.FileException;

/** Where a connection of the api-server's leads to. */
final class Dials {

    private static final String LOOPBACK = "127.0.0.1";
    private static final int LAST_PORT = 65_535;

    private final Fabric fabric;
    private final KubeletEndpoints kubelets;

    Dials(Fabric fabric, KubeletEndpoints kubelets) {
        this.fabric = fabric;
        this.kubelets = kubelets;
    }

    /** Throws as connect(2) does. */
    Connection open(DialStart start) {
        if (start.getPort() < 0 || start.getPort() > LAST_PORT) {
            throw new FileException(Errno.EINVAL);
        }
        return switch (start.getToCase()) {
            case ADDRESS -> fabric.controlPlane().connect(start.getAddress(), start.getPort());
            case POD_UID -> {
                Network pod = fabric.ofPod(start.getPodUid());
                if (pod == null) {
                    throw new FileException(Errno.ENETUNREACH);
                }
                yield pod.connect(LOOPBACK, start.getPort());
            }
            case NODE -> {
                Connection kubelet = kubelets.connect(start.getNode());
                if (kubelet == null) {
                    throw new FileException(Errno.ECONNREFUSED);
                }
                yield kubelet;
            }
            case TO_NOT_SET -> throw new FileException(Errno.EINVAL);
        };
    }
}
