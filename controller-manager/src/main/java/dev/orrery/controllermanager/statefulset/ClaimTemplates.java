package dev.orrery.controllermanager.statefulset;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The claims of a place: {@code data-web-2} of the template {@code data} in the set {@code web}.
 */
final class ClaimTemplates {

    private ClaimTemplates() {}

    static List<PersistentVolumeClaim> claims(StatefulSet set, int ordinal) {
        return set.getSpec().getVolumeClaimTemplates().stream()
                .map(template -> claim(set, template, ordinal))
                .toList();
    }

    /** The pod with its place's claims as volumes, whatever the template has under their names. */
    static Pod mounted(StatefulSet set, int ordinal, Pod pod) {
        List<Volume> volumes = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (PersistentVolumeClaim template : set.getSpec().getVolumeClaimTemplates()) {
            String name = template.getMetadata().getName();
            names.add(name);
            volumes.add(
                    new VolumeBuilder()
                            .withName(name)
                            .withNewPersistentVolumeClaim(claimName(set, template, ordinal), false)
                            .build());
        }
        pod.getSpec().getVolumes().stream()
                .filter(volume -> !names.contains(volume.getName()))
                .forEach(volumes::add);
        return new PodBuilder(pod).editSpec().withVolumes(volumes).endSpec().build();
    }

    private static PersistentVolumeClaim claim(
            StatefulSet set, PersistentVolumeClaim template, int ordinal) {
        Map<String, String> selected = set.getSpec().getSelector().getMatchLabels();
        return new PersistentVolumeClaimBuilder(template)
                .editMetadata()
                .withName(claimName(set, template, ordinal))
                .withNamespace(set.getMetadata().getNamespace())
                .addToLabels(selected == null ? Map.of() : selected)
                .endMetadata()
                .withStatus(null)
                .build();
    }

    private static String claimName(StatefulSet set, PersistentVolumeClaim template, int ordinal) {
        return template.getMetadata().getName() + "-" + Identity.name(set, ordinal);
    }
}
