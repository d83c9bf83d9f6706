package dev.orrery.scheduler.volume;

import dev.orrery.machinery.selector.NodeAffinityRules;
import dev.orrery.machinery.selector.NodeTerm;
import dev.orrery.machinery.selector.Requirement;
import dev.orrery.machinery.selector.Selector;
import dev.orrery.scheduler.resource.Quantities;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.TopologySelectorTerm;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which volumes can be reached from a node, and which suit a claim. */
final class VolumeFit {

    private VolumeFit() {}

    static boolean reaches(PersistentVolume volume, String node, Map<String, String> labels) {
        if (volume.getSpec().getNodeAffinity() == null
                || volume.getSpec().getNodeAffinity().getRequired() == null) {
            return true;
        }
        List<NodeTerm> terms =
                NodeTerm.of(
                        volume.getSpec().getNodeAffinity().getRequired().getNodeSelectorTerms());
        return NodeAffinityRules.holdsAny(terms, node, labels);
    }

    /** The volumes that suit the claim, the smallest first. */
    static List<PersistentVolume> suitable(
            Collection<PersistentVolume> volumes, PersistentVolumeClaim claim) {
        return volumes.stream()
                .filter(each -> suits(each, claim))
                .sorted(
                        Comparator.comparingLong(VolumeFit::capacity)
                                .thenComparing(each -> each.getMetadata().getName()))
                .toList();
    }

    private static boolean suits(PersistentVolume volume, PersistentVolumeClaim claim) {
        Selector selector =
                claim.getSpec().getSelector() == null
                        ? Selector.EVERYTHING
                        : Selector.of(claim.getSpec().getSelector());
        Map<String, String> labels = volume.getMetadata().getLabels();
        return isFor(volume, claim)
                && text(volume.getSpec().getStorageClassName())
                        .equals(text(claim.getSpec().getStorageClassName()))
                && mode(volume.getSpec().getVolumeMode())
                        .equals(mode(claim.getSpec().getVolumeMode()))
                && Set.copyOf(volume.getSpec().getAccessModes())
                        .containsAll(claim.getSpec().getAccessModes())
                && capacity(volume) >= requested(claim)
                && selector.matches(labels == null ? Map.of() : labels);
    }

    /** Nobody's yet, or kept for this very claim. */
    private static boolean isFor(PersistentVolume volume, PersistentVolumeClaim claim) {
        if (volume.getMetadata().getDeletionTimestamp() != null) {
            return false;
        }
        var owner = volume.getSpec().getClaimRef();
        if (owner == null) {
            return volume.getStatus() == null
                    || volume.getStatus().getPhase() == null
                    || "Available".equals(volume.getStatus().getPhase());
        }
        return claim.getMetadata().getName().equals(owner.getName())
                && claim.getMetadata().getNamespace().equals(owner.getNamespace())
                && (owner.getUid() == null || owner.getUid().equals(claim.getMetadata().getUid()));
    }

    private static long capacity(PersistentVolume volume) {
        Quantity storage = volume.getSpec().getCapacity().get("storage");
        return storage == null ? 0 : Quantities.value(storage);
    }

    private static long requested(PersistentVolumeClaim claim) {
        var resources = claim.getSpec().getResources();
        Quantity storage = resources == null ? null : resources.getRequests().get("storage");
        return storage == null ? 0 : Quantities.value(storage);
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static String mode(@Nullable String mode) {
        return mode == null ? "Filesystem" : mode;
    }

    /** Whether the class makes volumes, and makes them for such a node. */
    static boolean provisions(@Nullable StorageClass storageClass, Map<String, String> nodeLabels) {
        if (storageClass == null
                || text(storageClass.getProvisioner()).isEmpty()
                || storageClass.getProvisioner().equals("kubernetes.io/no-provisioner")) {
            return false;
        }
        List<TopologySelectorTerm> allowed = storageClass.getAllowedTopologies();
        return allowed.isEmpty() || allowed.stream().anyMatch(term -> allows(term, nodeLabels));
    }

    private static boolean allows(TopologySelectorTerm term, Map<String, String> nodeLabels) {
        return term.getMatchLabelExpressions().stream()
                .map(each ->
                        new Requirement(
                                each.getKey(),
                                Requirement.Operator.IN,
                                Set.copyOf(each.getValues())))
                .allMatch(each -> each.matches(nodeLabels));
    }
}
