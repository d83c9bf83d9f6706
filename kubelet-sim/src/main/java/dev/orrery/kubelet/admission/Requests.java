package dev.orrery.kubelet.admission;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.TreeMap;

/**
 * What pods ask of a node, by resource: cpu in thousandths, the rest in whole units.
 *
 * <p>Init containers run one after another, sidecars beside all that follows them. A pod with
 * containers of 200m and 300m, a sidecar of 100m, and before it an init container of 700m asks for
 * max(700, 100 + 200 + 300) = 700m.
 */
public record Requests(Map<String, Long> amounts) {

    public static final Requests NONE = new Requests(Map.of());

    public Requests {
        amounts = Map.copyOf(amounts);
    }

    public static Requests of(Pod pod) {
        PodSpec spec = pod.getSpec();
        Requests sidecars = NONE;
        Requests initializing = NONE;
        for (Container container : spec.getInitContainers()) {
            if ("Always".equals(container.getRestartPolicy())) {
                sidecars = sidecars.plus(of(container));
                initializing = initializing.max(sidecars);
            } else {
                initializing = initializing.max(sidecars.plus(of(container)));
            }
        }
        Requests running = sidecars;
        for (Container container : spec.getContainers()) {
            running = running.plus(of(container));
        }
        return running.max(initializing).plus(of(spec.getOverhead()));
    }

    /** Of a list as a node's allocatable or a container's requests. */
    public static Requests of(Map<String, Quantity> quantities) {
        if (quantities == null) {
            return NONE;
        }
        Map<String, Long> amounts = new TreeMap<>();
        quantities.forEach((name, quantity) -> amounts.put(name, amount(name, quantity)));
        return new Requests(amounts);
    }

    public long amount(String resource) {
        return amounts.getOrDefault(resource, 0L);
    }

    public Requests plus(Requests other) {
        Map<String, Long> sum = new TreeMap<>(amounts);
        other.amounts.forEach((name, amount) -> sum.merge(name, amount, Long::sum));
        return new Requests(sum);
    }

    private Requests max(Requests other) {
        Map<String, Long> larger = new TreeMap<>(amounts);
        other.amounts.forEach((name, amount) -> larger.merge(name, amount, Math::max));
        return new Requests(larger);
    }

    private static Requests of(Container container) {
        return container.getResources() == null ? NONE : of(container.getResources().getRequests());
    }

    private static long amount(String name, Quantity quantity) {
        BigDecimal value = quantity.getNumericalAmount();
        BigDecimal scaled = name.equals("cpu") ? value.movePointRight(3) : value;
        return scaled.setScale(0, RoundingMode.CEILING).longValue();
    }
}
