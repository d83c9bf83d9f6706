package dev.orrery.kubelet.process;

import dev.orrery.kubelet.image.ImageProfile;
import dev.orrery.userland.file.User;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who a container's processes run as: its own wish, else its pod's, else its image's. Pure. */
public final class Identity {

    private Identity() {}

    public static User of(PodSpec pod, Container container, ImageProfile image) {
        SecurityContext own = container.getSecurityContext();
        PodSecurityContext pods = pod.getSecurityContext();
        Long user =
                first(
                        own == null ? null : own.getRunAsUser(),
                        pods == null ? null : pods.getRunAsUser());
        Long group =
                first(
                        own == null ? null : own.getRunAsGroup(),
                        pods == null ? null : pods.getRunAsGroup());
        Set<Integer> groups = new LinkedHashSet<>();
        if (pods != null) {
            pods.getSupplementalGroups().forEach(each -> groups.add(each.intValue()));
            if (pods.getFsGroup() != null) {
                groups.add(pods.getFsGroup().intValue());
            }
        }
        long usual = user == null ? image.user().gid() : 0;
        return new User(
                (int) (user == null ? image.user().uid() : user),
                (int) (group == null ? usual : group),
                groups);
    }

    private static @Nullable Long first(@Nullable Long one, @Nullable Long other) {
        return one == null ? other : one;
    }
}
