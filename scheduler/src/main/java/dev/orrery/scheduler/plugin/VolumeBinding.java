package dev.orrery.scheduler.plugin;

import dev.orrery.scheduler.cluster.NodeInfo;
import dev.orrery.scheduler.cluster.PodInfo;
import dev.orrery.scheduler.framework.ClusterEvent;
import dev.orrery.scheduler.framework.ClusterEvent.NodeChange;
import dev.orrery.scheduler.framework.CycleState;
import dev.orrery.scheduler.framework.Filter;
import dev.orrery.scheduler.framework.PreBind;
import dev.orrery.scheduler.framework.PreFilter;
import dev.orrery.scheduler.framework.Reserve;
import dev.orrery.scheduler.framework.Status;
import dev.orrery.scheduler.volume.Claims;
import dev.orrery.scheduler.volume.Claims.Found;
import dev.orrery.scheduler.volume.VolumeBinder;
import dev.orrery.scheduler.volume.VolumeChoice;
import dev.orrery.scheduler.volume.VolumeReach;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Brings a pod to a node that reaches its volumes. Claims whose class waits for the first consumer
 * get theirs for the node that is chosen: the pod is bound once they have them.
 */
public final class VolumeBinding implements PreFilter, Filter, Reserve, PreBind {

    private final Claims claims;
    private final VolumeBinder binder;

    public VolumeBinding(Claims claims, VolumeBinder binder) {
        this.claims = claims;
        this.binder = binder;
    }

    /**
     * @param reach of the volumes that it has
     * @param suitable volumes by the uid of the claim that they suit
     * @param choices by node, as the filter made them
     * @param announced claims on which the chosen node has been seen
     */
    private record Wanted(
            Found.Some claims,
            VolumeReach reach,
            Map<String, List<PersistentVolume>> suitable,
            Map<String, VolumeChoice> choices,
            Set<String> announced)
            implements CycleState.Memory {

        @Override
        public Wanted copy() {
            return new Wanted(
                    claims, reach, suitable, new HashMap<>(choices), new HashSet<>(announced));
        }
    }

    @Override
    public Status preFilter(CycleState state, PodInfo pod) {
        return switch (claims.of(pod.pod())) {
            case Found.None() -> Status.SKIP;
            case Found.Missing(String reason) -> Status.unresolvable(this, reason);
            case Found.Some some -> {
                var suitable = binder.suitable(some.delayed());
                var reach = binder.reach(some.bound());
                state.remember(
                        this, new Wanted(some, reach, suitable, new HashMap<>(), new HashSet<>()));
                yield Status.SUCCESS;
            }
        };
    }

    @Override
    public Status filter(CycleState state, PodInfo pod, NodeInfo node) {
        Wanted wanted = state.recall(this, Wanted.class);
        if (wanted == null) {
            return Status.SUCCESS;
        }
        List<String> reasons = new ArrayList<>(wanted.reach().obstacles(node));
        if (wanted.claims().delayed().isEmpty()) {
            return answer(reasons);
        }
        Optional<VolumeChoice> choice =
                binder.choose(wanted.claims().delayed(), wanted.suitable(), node);
        if (choice.isPresent()) {
            wanted.choices().put(node.name(), choice.get());
        } else {
            reasons.add("node(s) didn't find available persistent volumes to bind");
        }
        return answer(reasons);
    }

    private Status answer(List<String> reasons) {
        return reasons.isEmpty()
                ? Status.SUCCESS
                : Status.unresolvable(this, reasons.toArray(String[]::new));
    }

    @Override
    public Status reserve(CycleState state, PodInfo pod, String node) {
        choice(state, node).ifPresent(binder::keep);
        return Status.SUCCESS;
    }

    @Override
    public void unreserve(CycleState state, PodInfo pod, String node) {
        choice(state, node).ifPresent(binder::release);
    }

    @Override
    public boolean hasWork(CycleState state, PodInfo pod, String node) {
        return choice(state, node)
                .filter(each -> !each.pairings().isEmpty() || !each.provisioned().isEmpty())
                .isPresent();
    }

    @Override
    public void preBind(CycleState state, PodInfo pod, String node) {
        choice(state, node).ifPresent(choice -> binder.write(choice, node));
    }

    @Override
    public Progress progress(CycleState state, PodInfo pod, String node) {
        Wanted wanted = state.recall(this, Wanted.class);
        VolumeChoice choice = wanted == null ? null : wanted.choices().get(node);
        if (wanted == null || choice == null) {
            return new Progress.Done();
        }
        if (binder.isBound(choice)) {
            binder.release(choice);
            return new Progress.Done();
        }
        return binder.failure(choice, node, wanted.announced())
                .<Progress>map(reason -> new Progress.Failed("binding volumes: " + reason))
                .orElseGet(Progress.Waiting::new);
    }

    private Optional<VolumeChoice> choice(CycleState state, String node) {
        Wanted wanted = state.recall(this, Wanted.class);
        return wanted == null ? Optional.empty() : Optional.ofNullable(wanted.choices().get(node));
    }

    @Override
    public boolean mayHelp(PodInfo pod, ClusterEvent event) {
        return switch (event) {
            case ClusterEvent.ObjectChanged(var object) ->
                    object instanceof PersistentVolumeClaim
                            || object instanceof PersistentVolume
                            || object instanceof StorageClass;
            case ClusterEvent.NodeChanged changed -> changed.isAny(NodeChange.LABELS);
            default -> false;
        };
    }
}
