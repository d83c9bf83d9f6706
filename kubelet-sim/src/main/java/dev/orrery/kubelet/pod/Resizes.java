package dev.orrery.kubelet.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerResizePolicy;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a change of a container's resources takes. Pure. */
final class Resizes {

    private Resizes() {}

    static boolean needRestart(Container before, Container now) {
        for (ContainerResizePolicy policy : now.getResizePolicy()) {
            String resource = policy.getResourceName();
            boolean changes =
                    !Objects.equals(
                                    amount(before.getResources(), resource, true),
                                    amount(now.getResources(), resource, true))
                            || !Objects.equals(
                                    amount(before.getResources(), resource, false),
                                    amount(now.getResources(), resource, false));
            if (changes && "RestartContainer".equals(policy.getRestartPolicy())) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Quantity amount(
            @Nullable ResourceRequirements resources, String name, boolean limit) {
        if (resources == null) {
            return null;
        }
        Map<String, Quantity> all = limit ? resources.getLimits() : resources.getRequests();
        return all == null ? null : all.get(name);
    }
}
