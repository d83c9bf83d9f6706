package dev.orrery.controllermanager.service;

import dev.orrery.controllermanager.label.Selector;
import dev.orrery.controllermanager.owner.Owners;
import dev.orrery.controllermanager.pod.Pods;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds the pods behind a Service. */
public final class Backends {

    private static final String NONE = "None";

    private Backends() {}

    /** Whether the Service's addresses are the controllers' work and not the user's. */
    public static boolean areSelected(Service service) {
        return service.getSpec().getSelector() != null
                && !service.getSpec().getSelector().isEmpty()
                && !"ExternalName".equals(service.getSpec().getType());
    }

    /** Without an address of its own. */
    public static boolean isHeadless(Service service) {
        String address = service.getSpec().getClusterIP();
        return address == null || address.isEmpty() || address.equals(NONE);
    }

    public static boolean hasPorts(Service service) {
        return service.getSpec().getPorts() != null && !service.getSpec().getPorts().isEmpty();
    }

    public static boolean selects(Service service, Pod pod) {
        return areSelected(service) && Selector.of(service.getSpec().getSelector()).matches(pod);
    }

    /** The pods that the Service selects, whatever their state. */
    public static List<Pod> pods(Service service, Collection<Pod> pods) {
        if (!areSelected(service)) {
            return List.of();
        }
        Selector selector = Selector.of(service.getSpec().getSelector());
        return pods.stream().filter(selector::matches).toList();
    }

    /** Of the pods that a Service selects those that have an address and have not ended. */
    public static List<Backend> of(Service service, Collection<Pod> selected) {
        return selected.stream()
                .filter(pod -> !Pods.isEnded(pod) && !address(pod).isEmpty())
                .map(pod -> backend(service, pod))
                .toList();
    }

    /** Whether a change of the pod can change anything behind a Service. */
    public static boolean matters(@Nullable Pod before, @Nullable Pod after) {
        if (before == null || after == null) {
            return true;
        }
        return Pods.isReady(before) != Pods.isReady(after)
                || Owners.isBeingDeleted(before) != Owners.isBeingDeleted(after)
                || Pods.isEnded(before) != Pods.isEnded(after)
                || !address(before).equals(address(after))
                || !Pods.nodeName(before).equals(Pods.nodeName(after))
                || !before.getMetadata().getUid().equals(after.getMetadata().getUid())
                || !Objects.equals(
                        before.getMetadata().getLabels(), after.getMetadata().getLabels());
    }

    private static String address(Pod pod) {
        String address = pod.getStatus() == null ? null : pod.getStatus().getPodIP();
        return address == null ? "" : address;
    }

    private static Backend backend(Service service, Pod pod) {
        return new Backend(
                pod,
                Backend.ports(service, pod),
                Pods.isReady(pod),
                Owners.isBeingDeleted(pod),
                hostname(service, pod));
    }

    private static @Nullable String hostname(Service service, Pod pod) {
        String hostname = pod.getSpec().getHostname();
        boolean named =
                hostname != null
                        && !hostname.isEmpty()
                        && service.getMetadata().getName().equals(pod.getSpec().getSubdomain());
        return named ? hostname : null;
    }
}
