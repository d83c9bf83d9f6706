package dev.orrery.scheduler.volume;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.machinery.store.PatchType;
import dev.orrery.machinery.store.StoreClient;
import dev.orrery.scheduler.cluster.NodeInfo;
import dev.orrery.scheduler.volume.VolumeChoice.Pairing;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chooses volumes for the claims that wait for their pod's node, keeps them from the choice until
 * they are bound, and asks the volume controllers to bind or make them. Choosing and keeping happen
 * on the scheduling thread; {@link #write} blocks.
 */
public final class VolumeBinder {

    private final Claims claims;
    private final StoreClient store;
    private final Map<String, String> kept = new HashMap<>();

    public VolumeBinder(Claims claims, StoreClient store) {
        this.claims = claims;
        this.store = store;
    }

    /** From where the claims' volumes can be reached. */
    public VolumeReach reach(List<PersistentVolumeClaim> bound) {
        List<@Nullable PersistentVolume> volumes = new ArrayList<>();
        bound.forEach(claim -> volumes.add(claims.volume(claim)));
        return VolumeReach.of(volumes);
    }

    /** The volumes that suit each claim, by the claim's uid, whatever the node. */
    public Map<String, List<PersistentVolume>> suitable(List<PersistentVolumeClaim> delayed) {
        Map<String, List<PersistentVolume>> suitable = new HashMap<>();
        for (PersistentVolumeClaim claim : delayed) {
            suitable.put(claim.getMetadata().getUid(), VolumeFit.suitable(claims.volumes(), claim));
        }
        return suitable;
    }

    /** Empty if some claim can get no volume on the node. */
    public Optional<VolumeChoice> choose(
            List<PersistentVolumeClaim> delayed,
            Map<String, List<PersistentVolume>> suitable,
            NodeInfo node) {
        List<Pairing> pairings = new ArrayList<>();
        List<PersistentVolumeClaim> provisioned = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (PersistentVolumeClaim claim : delayed) {
            String selected = Claims.selectedNode(claim);
            if (!selected.isEmpty() && !selected.equals(node.name())) {
                return Optional.empty();
            }
            List<PersistentVolume> those =
                    selected.isEmpty()
                            ? suitable.getOrDefault(claim.getMetadata().getUid(), List.of())
                            : List.of();
            PersistentVolume volume = existing(those, claim, node, taken);
            if (volume != null) {
                taken.add(volume.getMetadata().getName());
                pairings.add(new Pairing(claim, volume));
            } else if (VolumeFit.provisions(claims.storageClass(claim), node.labels())) {
                provisioned.add(claim);
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(new VolumeChoice(pairings, provisioned));
    }

    private @Nullable PersistentVolume existing(
            List<PersistentVolume> suitable,
            PersistentVolumeClaim claim,
            NodeInfo node,
            Set<String> taken) {
        for (PersistentVolume volume : suitable) {
            if (isFree(volume, claim, taken)
                    && VolumeFit.reaches(volume, node.name(), node.labels())) {
                return volume;
            }
        }
        return null;
    }

    private boolean isFree(
            PersistentVolume volume, PersistentVolumeClaim claim, Set<String> taken) {
        String name = volume.getMetadata().getName();
        String keeper = kept.get(name);
        return !taken.contains(name)
                && (keeper == null || keeper.equals(claim.getMetadata().getUid()));
    }

    public void keep(VolumeChoice choice) {
        for (Pairing each : choice.pairings()) {
            kept.put(each.volume().getMetadata().getName(), each.claim().getMetadata().getUid());
        }
    }

    /** For a choice that came to nothing, or that the volumes themselves tell of by now. */
    public void release(VolumeChoice choice) {
        for (Pairing each : choice.pairings()) {
            kept.remove(each.volume().getMetadata().getName(), each.claim().getMetadata().getUid());
        }
    }

    /** Tells the volume controllers. */
    public void write(VolumeChoice choice, String node) {
        choice.pairings().forEach(this::pair);
        for (PersistentVolumeClaim claim : choice.provisioned()) {
            if (!Claims.selectedNode(claim).equals(node)) {
                annotate(claim, node);
            }
        }
    }

    private void pair(Pairing pairing) {
        var claim = pairing.claim().getMetadata();
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        ObjectNode metadata = patch.putObject("metadata");
        metadata.put("resourceVersion", pairing.volume().getMetadata().getResourceVersion());
        metadata.putObject("annotations").put("pv.kubernetes.io/bound-by-controller", "yes");
        patch.putObject("spec")
                .putObject("claimRef")
                .put("apiVersion", "v1")
                .put("kind", "PersistentVolumeClaim")
                .put("namespace", claim.getNamespace())
                .put("name", claim.getName())
                .put("uid", claim.getUid())
                .put("resourceVersion", claim.getResourceVersion());
        String name = pairing.volume().getMetadata().getName();
        store.patch(PersistentVolume.class, "", name, "", PatchType.MERGE, patch);
    }

    private void annotate(PersistentVolumeClaim claim, String node) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("metadata")
                .put("uid", claim.getMetadata().getUid())
                .putObject("annotations")
                .put(Claims.SELECTED_NODE, node);
        store.patch(
                PersistentVolumeClaim.class,
                claim.getMetadata().getNamespace(),
                claim.getMetadata().getName(),
                "",
                PatchType.MERGE,
                patch);
    }

    /** Whether all claims of the choice have their volumes. */
    public boolean isBound(VolumeChoice choice) {
        for (Pairing each : choice.pairings()) {
            if (!isBound(each.claim())) {
                return false;
            }
        }
        for (PersistentVolumeClaim each : choice.provisioned()) {
            if (!isBound(each)) {
                return false;
            }
        }
        return true;
    }

    private boolean isBound(PersistentVolumeClaim claim) {
        PersistentVolumeClaim now = claims.current(claim);
        return now != null && Claims.isBound(now);
    }

    /** Why the volumes of the choice will not come any more; empty if they may. */
    public Optional<String> failure(VolumeChoice choice, String node, Set<String> announced) {
        for (PersistentVolumeClaim each : choice.provisioned()) {
            PersistentVolumeClaim now = claims.current(each);
            String name = each.getMetadata().getName();
            if (now == null) {
                return Optional.of("persistentvolumeclaim \"" + name + "\" not found");
            }
            String selected = Claims.selectedNode(now);
            if (selected.equals(node)) {
                announced.add(each.getMetadata().getUid());
            } else if (!Claims.isBound(now)
                    && (!selected.isEmpty() || announced.contains(each.getMetadata().getUid()))) {
                return Optional.of(
                        "provisioning failed for PVC \"%s\": selectedNode annotation value \"%s\" not set to scheduled node \"%s\""
                                .formatted(name, selected, node));
            }
        }
        return Optional.empty();
    }
}
