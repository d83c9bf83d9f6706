package dev.orrery.kubelet.eviction;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How well a pod is served when its node runs short. */
public final class QosClass {

    private static final List<String> COUNTED = List.of("cpu", "memory");

    private QosClass() {}

    public static String of(Pod pod) {
        List<Container> containers =
                Stream.concat(
                                pod.getSpec().getInitContainers().stream(),
                                pod.getSpec().getContainers().stream())
                        .toList();
        if (containers.stream().noneMatch(QosClass::asksForAnything)) {
            return "BestEffort";
        }
        return containers.stream().allMatch(QosClass::isGuaranteed) ? "Guaranteed" : "Burstable";
    }

    private static boolean asksForAnything(Container container) {
        return container.getResources() != null
                && COUNTED.stream()
                        .anyMatch(name ->
                                isPositive(container.getResources().getRequests(), name)
                                        || isPositive(container.getResources().getLimits(), name));
    }

    private static boolean isGuaranteed(Container container) {
        if (container.getResources() == null) {
            return false;
        }
        Map<String, Quantity> limits = container.getResources().getLimits();
        Map<String, Quantity> requests = container.getResources().getRequests();
        return COUNTED.stream()
                .allMatch(name ->
                        isPositive(limits, name)
                                && (requests == null
                                        || !requests.containsKey(name)
                                        || same(requests.get(name), limits.get(name))));
    }

    private static boolean same(@Nullable Quantity one, @Nullable Quantity other) {
        return one != null
                && other != null
                && one.getNumericalAmount().compareTo(other.getNumericalAmount()) == 0;
    }

    private static boolean isPositive(@Nullable Map<String, Quantity> quantities, String name) {
        Quantity quantity = quantities == null ? null : quantities.get(name);
        return quantity != null && quantity.getNumericalAmount().signum() > 0;
    }
}
