package dev.orrery.kubelet.files;

import dev.orrery.userland.file.FileSystem;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code /sys/fs/cgroup}: a container's requests and limits as the kernel is told of them. */
public final class ControlGroup {

    private static final String FOLDER = "/sys/fs/cgroup/";
    private static final long PERIOD_MICROS = 100_000;
    private static final long LEAST_QUOTA_MICROS = 1_000;
    private static final long LEAST_SHARES = 2;
    private static final long MOST_SHARES = 262_144;
    private static final long SHARES_PER_CPU = 1024;
    private static final BigDecimal MILLI = BigDecimal.valueOf(1000);

    private ControlGroup() {}

    /** Writes what holds from now on. */
    public static void write(Container container, FileSystem files) {
        ResourceRequirements resources = container.getResources();
        Map<String, Quantity> limits = resources == null ? Map.of() : orNone(resources.getLimits());
        Map<String, Quantity> requests =
                resources == null ? Map.of() : orNone(resources.getRequests());
        long cpuLimit = milli(limits.get("cpu"));
        long cpuRequest = requests.containsKey("cpu") ? milli(requests.get("cpu")) : cpuLimit;
        Quantity memory = limits.get("memory");
        put(
                files,
                "cpu.max",
                (cpuLimit == 0
                                ? "max"
                                : Long.toString(
                                        Math.max(
                                                LEAST_QUOTA_MICROS,
                                                cpuLimit * PERIOD_MICROS / 1000)))
                        + " "
                        + PERIOD_MICROS);
        put(files, "cpu.weight", Long.toString(weight(cpuRequest)));
        put(
                files,
                "memory.max",
                memory == null ? "max" : Long.toString(memory.getNumericalAmount().longValue()));
        put(files, "memory.swap.max", "0");
    }

    /**
     * Shares of 2 to 262144 as a weight of 1 to 10000, as the runtime converts them: 100m are 102
     * shares, and those a weight of 4.
     */
    private static long weight(long milliCpu) {
        long shares = Math.clamp(milliCpu * SHARES_PER_CPU / 1000, LEAST_SHARES, MOST_SHARES);
        return 1 + (shares - LEAST_SHARES) * 9999 / (MOST_SHARES - LEAST_SHARES);
    }

    private static long milli(@Nullable Quantity cpu) {
        return cpu == null ? 0 : cpu.getNumericalAmount().multiply(MILLI).longValue();
    }

    private static Map<String, Quantity> orNone(@Nullable Map<String, Quantity> map) {
        return Objects.requireNonNullElse(map, Map.of());
    }

    private static void put(FileSystem files, String name, String value) {
        ContainerFiles.write(files, FOLDER + name, value + "\n");
    }
}
