package dev.orrery.kubelet.mount;

import dev.orrery.userland.file.Directory;
import dev.orrery.userland.file.Node;
import dev.orrery.userland.file.Symlink;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContext;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whom the files of a pod's volumes belong to. Pure, but for the nodes that it is given. */
final class Ownership {

    private static final int GROUP_USES = 0660;
    private static final int GROUP_ENTERS = 0110;
    private static final int SET_GROUP = 02000;

    private Ownership() {}

    static @Nullable Long group(Pod pod) {
        PodSecurityContext context = pod.getSpec().getSecurityContext();
        return context == null ? null : context.getFsGroup();
    }

    /** The one user that all containers are told to run as; null where there is none. */
    static @Nullable Long user(Pod pod) {
        List<@Nullable Long> users =
                Stream.concat(
                                pod.getSpec().getInitContainers().stream(),
                                pod.getSpec().getContainers().stream())
                        .<@Nullable Long>map(container -> user(pod, container))
                        .distinct()
                        .toList();
        return users.size() == 1 ? users.getFirst() : null;
    }

    private static @Nullable Long user(Pod pod, Container container) {
        SecurityContext own = container.getSecurityContext();
        if (own != null && own.getRunAsUser() != null) {
            return own.getRunAsUser();
        }
        PodSecurityContext context = pod.getSpec().getSecurityContext();
        return context == null ? null : context.getRunAsUser();
    }

    /** Gives a volume to the pod's group, and all that is on it already. */
    static void give(Directory root, Pod pod) {
        Long group = group(pod);
        if (group == null) {
            return;
        }
        boolean given = root.gid() == group && (root.mode() & SET_GROUP) != 0;
        if (!given || !"OnRootMismatch".equals(policy(pod))) {
            give(root, group.intValue());
        }
    }

    private static String policy(Pod pod) {
        PodSecurityContext context = pod.getSpec().getSecurityContext();
        return Objects.requireNonNullElse(
                context == null ? null : context.getFsGroupChangePolicy(), "Always");
    }

    private static void give(Node node, int group) {
        if (node.gid() != group) {
            node.owner(node.uid(), group);
        }
        if (node instanceof Symlink) {
            return;
        }
        int mode = node.mode() | GROUP_USES;
        if (node instanceof Directory directory) {
            mode |= GROUP_ENTERS | SET_GROUP;
            for (String name : directory.names()) {
                Node entry = directory.get(name);
                if (entry != null) {
                    give(entry, group);
                }
            }
        }
        if (mode != node.mode()) {
            node.mode(mode);
        }
    }
}
