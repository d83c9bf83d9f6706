package dev.orrery.kubelet.eviction;

import dev.orrery.kubelet.usage.ContainerUse;
import dev.orrery.kubelet.usage.PodUse;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which pod goes when its node has hardly any memory left: first those that use more than they
 * asked for, among these the least important, and then the one that is furthest beyond. Pure.
 *
 * <p>Of a pod that asked for 100Mi and uses 300Mi, and one that asked for nothing and uses 250Mi,
 * the second goes: it is 250Mi beyond, the first 200Mi.
 */
public final class MemoryPressure {

    /** As a kubelet's usual {@code memory.available<100Mi}. */
    public static final long THRESHOLD_BYTES = 100L << 20;

    /** Pods of this priority and beyond are what the node itself needs. */
    private static final int CRITICAL = 2_000_000_000;

    private MemoryPressure() {}

    /** A pod of the node, and what it uses. */
    public record Running(Pod pod, PodUse use) {

        long beyondRequests() {
            return use.memoryBytes() - requested();
        }

        private long requested() {
            return containers().mapToLong(MemoryPressure::request).sum();
        }

        private Stream<Container> containers() {
            return Stream.of(pod.getSpec().getInitContainers(), pod.getSpec().getContainers())
                    .flatMap(List::stream)
                    .filter(each -> using(each.getName()).isPresent());
        }

        private Optional<ContainerUse> using(String name) {
            return use.containers().stream().filter(each -> each.name().equals(name)).findFirst();
        }

        private int priority() {
            return Objects.requireNonNullElse(pod.getSpec().getPriority(), 0);
        }
    }

    /**
     * @param message as the pod's status tells of it
     */
    public record Victim(Pod pod, String message) {}

    /**
     * @param availableBytes what the node has left
     */
    public static Optional<Victim> choose(Collection<Running> pods, long availableBytes) {
        return pods.stream()
                .filter(each -> each.priority() < CRITICAL)
                .min(
                        Comparator.comparing((Running each) -> each.beyondRequests() <= 0)
                                .thenComparingInt(Running::priority)
                                .thenComparing(
                                        Comparator.comparingLong(Running::beyondRequests)
                                                .reversed()))
                .map(each -> new Victim(each.pod(), message(each, availableBytes)));
    }

    private static String message(Running running, long availableBytes) {
        StringBuilder text = new StringBuilder("The node was low on resource: memory. ");
        text.append("Threshold quantity: 100Mi, available: ")
                .append(kibibytes(Math.max(0, availableBytes)))
                .append(". ");
        running.containers()
                .forEach(each -> {
                    long use = running.using(each.getName()).orElseThrow().memoryBytes();
                    if (use > request(each)) {
                        text.append("Container ")
                                .append(each.getName())
                                .append(" was using ")
                                .append(kibibytes(use))
                                .append(", request is ")
                                .append(requestText(each))
                                .append(", has larger consumption of memory. ");
                    }
                });
        return text.toString();
    }

    private static String kibibytes(long bytes) {
        return bytes < 1024 ? Long.toString(bytes) : bytes / 1024 + "Ki";
    }

    private static String requestText(Container container) {
        Quantity request = requests(container).get("memory");
        return request == null ? "0" : request.toString();
    }

    private static long request(Container container) {
        Quantity request = requests(container).get("memory");
        return request == null ? 0 : request.getNumericalAmount().longValue();
    }

    private static Map<String, Quantity> requests(Container container) {
        return container.getResources() == null || container.getResources().getRequests() == null
                ? Map.of()
                : container.getResources().getRequests();
    }
}
