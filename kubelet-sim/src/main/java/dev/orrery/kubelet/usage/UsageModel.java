package dev.orrery.kubelet.usage;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a container uses, as nothing really runs: what the pod's annotations say of the pod as a
 * whole, in equal parts; else a tenth of the cores and half of the memory that the container asks
 * for, and a little where it asks for nothing, up and down by a fifth as time goes by. Never more
 * than its limit. The same pod at the same time uses the same.
 *
 * <p>Two containers under {@code usage.orrery.dev/cpu: 300m} use 150m each; one that requests 200m
 * and 64Mi, without annotations, uses between 16m and 24m, and between 25Mi and 39Mi.
 */
final class UsageModel {

    static final String CPU = "usage.orrery.dev/cpu";
    static final String MEMORY = "usage.orrery.dev/memory";

    private static final double NANOS = 1e9;
    private static final double IDLE_CPU = 0.001;
    private static final double IDLE_MEMORY = 8 << 20;
    private static final double CPU_SHARE = 0.1;
    private static final double MEMORY_SHARE = 0.5;
    private static final double SWING = 0.2;
    private static final double SWING_SECONDS = 240;

    private UsageModel() {}

    /**
     * @param running how many containers of the pod run
     */
    static ContainerUse of(Pod pod, Container container, int running, Instant now) {
        double swing = 1 + SWING * Math.sin(phase(pod, container, now));
        double cpu = annotated(pod, CPU, running);
        double memory = annotated(pod, MEMORY, running);
        return new ContainerUse(
                container.getName(),
                (long)
                        (NANOS
                                * limited(
                                        container,
                                        "cpu",
                                        cpu >= 0
                                                ? cpu
                                                : swing
                                                        * usual(
                                                                container, "cpu", CPU_SHARE,
                                                                IDLE_CPU))),
                (long)
                        limited(
                                container,
                                "memory",
                                memory >= 0
                                        ? memory
                                        : swing
                                                * usual(
                                                        container,
                                                        "memory",
                                                        MEMORY_SHARE,
                                                        IDLE_MEMORY)));
    }

    private static double phase(Pod pod, Container container, Instant now) {
        int which = Objects.hash(pod.getMetadata().getUid(), container.getName());
        return 2 * Math.PI * (now.getEpochSecond() / SWING_SECONDS + (which & 0xff) / 256.0);
    }

    /** A negative number where the annotation is not there, or is no quantity. */
    private static double annotated(Pod pod, String name, int running) {
        Map<String, String> annotations = pod.getMetadata().getAnnotations();
        String text = annotations == null ? null : annotations.get(name);
        if (text == null) {
            return -1;
        }
        try {
            return new Quantity(text).getNumericalAmount().doubleValue() / running;
        } catch (IllegalArgumentException _) {
            return -1;
        }
    }

    private static double usual(Container container, String resource, double share, double idle) {
        double request = amount(container, resource, false);
        return request > 0 ? request * share : idle;
    }

    private static double limited(Container container, String resource, double use) {
        double limit = amount(container, resource, true);
        return limit > 0 ? Math.min(use, limit) : use;
    }

    private static double amount(Container container, String resource, boolean limit) {
        return container.getResources() == null
                ? 0
                : amount(
                        limit
                                ? container.getResources().getLimits()
                                : container.getResources().getRequests(),
                        resource);
    }

    private static double amount(@Nullable Map<String, Quantity> amounts, String resource) {
        Map<String, Quantity> known = amounts == null ? new HashMap<>() : amounts;
        Quantity quantity = known.get(resource);
        BigDecimal amount = quantity == null ? BigDecimal.ZERO : quantity.getNumericalAmount();
        return amount.doubleValue();
    }
}
