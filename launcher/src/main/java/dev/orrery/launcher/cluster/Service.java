package dev.orrery.launcher.cluster;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The processes of one cluster, in the order in which they depend on each other. */
public enum Service {
    BROKER("broker", "launcher/target/orrery-launcher.jar", 5, "-Xmx192m"),
    API_SERVER("api-server", "api-server/target/quarkus-app/quarkus-run.jar", 0, "-Xmx1g"),
    SCHEDULER("scheduler", "scheduler/target/quarkus-app/quarkus-run.jar", 2, "-Xmx768m"),
    CONTROLLER_MANAGER(
            "controller-manager",
            "controller-manager/target/quarkus-app/quarkus-run.jar",
            3,
            "-Xmx1g"),
    KUBELET_SIM("kubelet-sim", "kubelet-sim/target/quarkus-app/quarkus-run.jar", 4, "-Xmx2g");

    private final String id;
    private final String jar;
    private final int portOffset;
    private final String heap;

    Service(String id, String jar, int portOffset, String heap) {
        this.id = id;
        this.jar = jar;
        this.portOffset = portOffset;
        this.heap = heap;
    }

    /** As a user types it. */
    public String id() {
        return id;
    }

    String jar() {
        return jar;
    }

    String heap() {
        return heap;
    }

    int portOffset() {
        return portOffset;
    }

    public static Optional<Service> of(String id) {
        return Arrays.stream(values()).filter(service -> service.id.equals(id)).findFirst();
    }

    /** All ids, for messages. */
    public static String ids() {
        return Arrays.stream(values()).map(Service::id).collect(Collectors.joining(", "));
    }
}
