package dev.orrery.launcher.cluster;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
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
    KUBELET_SIM("kubelet-sim", "kubelet-sim/target/quarkus-app/quarkus-run.jar", 4, "-Xmx2g"),
    SCHEDULER_2("scheduler-2", SCHEDULER, 8),
    CONTROLLER_MANAGER_2("controller-manager-2", CONTROLLER_MANAGER, 9);

    /** Of those that lead or wait, the ones that are only there where two of each run. */
    private static final Set<Service> STANDBYS = EnumSet.of(SCHEDULER_2, CONTROLLER_MANAGER_2);

    private final String id;
    private final String jar;
    private final int portOffset;
    private final String heap;
    private final String kind;

    Service(String id, String jar, int portOffset, String heap) {
        this(id, jar, portOffset, heap, id);
    }

    /** A second one, which waits for the first to fail. */
    Service(String id, Service first, int portOffset) {
        this(id, first.jar, portOffset, first.heap, first.id);
    }

    Service(String id, String jar, int portOffset, String heap, String kind) {
        this.id = id;
        this.kind = kind;
        this.jar = jar;
        this.portOffset = portOffset;
        this.heap = heap;
    }

    /** As a user types it. */
    public String id() {
        return id;
    }

    /** What the program is called, of which there may be two. */
    String kind() {
        return kind;
    }

    public boolean isStandby() {
        return STANDBYS.contains(this);
    }

    /** Whether one of two works, and the other waits. */
    public boolean isElected() {
        return STANDBYS.stream().anyMatch(standby -> standby.kind.equals(kind));
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
