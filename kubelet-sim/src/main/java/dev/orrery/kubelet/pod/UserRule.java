package dev.orrery.kubelet.pod;

import dev.orrery.kubelet.wording.Quoted;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether the user that a container would run as is one that it may run as. Pure. */
final class UserRule {

    private UserRule() {}

    /**
     * @param imageUser as which the image's processes run
     * @return why the container cannot be created; empty where it can
     */
    static Optional<String> obstacle(Pod pod, Container container, long imageUser) {
        if (!Boolean.TRUE.equals(nonRoot(pod, container))) {
            return Optional.empty();
        }
        Long user = user(pod, container);
        if (user == null && imageUser == 0) {
            return Optional.of(
                    "container has runAsNonRoot and image will run as root "
                            + where(pod, container));
        }
        return user != null && user == 0
                ? Optional.of(
                        "container's runAsUser breaks non-root policy " + where(pod, container))
                : Optional.empty();
    }

    private static String where(Pod pod, Container container) {
        return "(pod: "
                + Quoted.quote(Quoted.pod(pod))
                + ", container: "
                + container.getName()
                + ")";
    }

    private static @Nullable Boolean nonRoot(Pod pod, Container container) {
        Boolean own =
                container.getSecurityContext() == null
                        ? null
                        : container.getSecurityContext().getRunAsNonRoot();
        if (own != null || pod.getSpec().getSecurityContext() == null) {
            return own;
        }
        return pod.getSpec().getSecurityContext().getRunAsNonRoot();
    }

    private static @Nullable Long user(Pod pod, Container container) {
        Long own =
                container.getSecurityContext() == null
                        ? null
                        : container.getSecurityContext().getRunAsUser();
        if (own != null || pod.getSpec().getSecurityContext() == null) {
            return own;
        }
        return pod.getSpec().getSecurityContext().getRunAsUser();
    }
}
