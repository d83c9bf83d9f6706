package dev.orrery.controllermanager.daemonset;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The pods that stay on one node, in view of an update.
 *
 * @param updated one of the new template, if any
 * @param old one of another template, if any
 * @param isClear false where there are two of a sort, so that something is still to be removed
 */
record OnNode(String name, @Nullable Pod updated, @Nullable Pod old, boolean isClear) {

    static OnNode of(String name, Daemons daemons) {
        List<Pod> staying = Daemons.staying(daemons.on(name));
        List<Pod> updated = staying.stream().filter(daemons::isUpdated).toList();
        List<Pod> old = staying.stream().filter(pod -> !daemons.isUpdated(pod)).toList();
        return new OnNode(
                name,
                updated.isEmpty() ? null : updated.getFirst(),
                old.isEmpty() ? null : old.getFirst(),
                updated.size() < 2 && old.size() < 2);
    }
}
