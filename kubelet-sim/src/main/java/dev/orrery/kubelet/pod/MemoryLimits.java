package dev.orrery.kubelet.pod;

import dev.orrery.kubelet.life.PodState;
import dev.orrery.kubelet.wording.Quoted;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether containers that go on running can have smaller limits of memory: not below what they use,
 * or the kernel would kill them for it. Pure.
 */
final class MemoryLimits {

    private MemoryLimits() {}

    /**
     * @param before the pod with what it has
     * @param now with what it is to have
     * @param used by those of its containers that would go on, by name
     */
    static Optional<String> refusal(Pod before, Pod now, Map<String, Long> used) {
        List<String> faults = new ArrayList<>();
        long all = used.values().stream().mapToLong(Long::longValue).sum();
        OptionalLong whole = ofPod(now);
        if (whole.isPresent() && isLess(whole, ofPod(before)) && whole.getAsLong() <= all) {
            faults.add(fault("pod", whole.getAsLong(), all));
        }
        for (Container container : containers(now).toList()) {
            Long use = used.get(container.getName());
            OptionalLong limit = limit(container.getResources());
            if (use != null
                    && limit.isPresent()
                    && isLess(limit, ofContainer(before, container.getName()))
                    && limit.getAsLong() <= use) {
                String name = "container " + Quoted.quote(container.getName());
                faults.add(fault(name, limit.getAsLong(), use));
            }
        }
        return faults.isEmpty() ? Optional.empty() : Optional.of(message(faults));
    }

    private static String message(List<String> faults) {
        String all = String.join(", ", faults);
        return "cannot decrease memory limits: " + (faults.size() == 1 ? all : "[" + all + "]");
    }

    private static String fault(String whose, long limit, long used) {
        return "attempting to set %s memory limit (%d) below current usage (%d)"
                .formatted(whose, limit, used);
    }

    private static boolean isLess(OptionalLong now, OptionalLong before) {
        return before.isEmpty() || now.getAsLong() < before.getAsLong();
    }

    /** The pod's own, or that of all its containers together where every one has some. */
    private static OptionalLong ofPod(Pod pod) {
        OptionalLong own = limit(pod.getSpec().getResources());
        if (own.isPresent()) {
            return own;
        }
        List<OptionalLong> limits =
                containers(pod).map(each -> limit(each.getResources())).toList();
        return limits.stream().allMatch(OptionalLong::isPresent)
                ? OptionalLong.of(limits.stream().mapToLong(OptionalLong::getAsLong).sum())
                : OptionalLong.empty();
    }

    private static OptionalLong ofContainer(Pod pod, String name) {
        return containers(pod)
                .filter(each -> each.getName().equals(name))
                .map(each -> limit(each.getResources()))
                .findFirst()
                .orElse(OptionalLong.empty());
    }

    /** Those that run side by side. */
    private static Stream<Container> containers(Pod pod) {
        return Stream.concat(
                pod.getSpec().getInitContainers().stream().filter(PodState::isSidecar),
                pod.getSpec().getContainers().stream());
    }

    private static OptionalLong limit(@Nullable ResourceRequirements resources) {
        Map<String, Quantity> limits = resources == null ? null : resources.getLimits();
        Quantity memory = limits == null ? null : limits.get("memory");
        return memory == null
                ? OptionalLong.empty()
                : OptionalLong.of(memory.getNumericalAmount().longValue());
    }
}
