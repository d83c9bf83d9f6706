package dev.orrery.scheduler.cluster;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.WeightedPodAffinityTerm;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A pod's affinity and anti-affinity to other pods. */
public record Affinities(
        List<AffinityTerm> required,
        List<AffinityTerm> requiredAnti,
        List<AffinityTerm.Weighted> preferred,
        List<AffinityTerm.Weighted> preferredAnti) {

    static final Affinities NONE = new Affinities(List.of(), List.of(), List.of(), List.of());

    public Affinities {
        required = List.copyOf(required);
        requiredAnti = List.copyOf(requiredAnti);
        preferred = List.copyOf(preferred);
        preferredAnti = List.copyOf(preferredAnti);
    }

    static Affinities of(Pod pod, Map<String, String> labels) {
        Affinity affinity = pod.getSpec().getAffinity();
        if (affinity == null) {
            return NONE;
        }
        var to = affinity.getPodAffinity();
        var from = affinity.getPodAntiAffinity();
        return new Affinities(
                to == null
                        ? List.of()
                        : AffinityTerm.of(
                                to.getRequiredDuringSchedulingIgnoredDuringExecution(),
                                pod,
                                labels),
                from == null
                        ? List.of()
                        : AffinityTerm.of(
                                from.getRequiredDuringSchedulingIgnoredDuringExecution(),
                                pod,
                                labels),
                to == null
                        ? List.of()
                        : weighted(
                                to.getPreferredDuringSchedulingIgnoredDuringExecution(),
                                pod,
                                labels),
                from == null
                        ? List.of()
                        : weighted(
                                from.getPreferredDuringSchedulingIgnoredDuringExecution(),
                                pod,
                                labels));
    }

    private static List<AffinityTerm.Weighted> weighted(
            @Nullable List<WeightedPodAffinityTerm> terms, Pod pod, Map<String, String> labels) {
        if (terms == null) {
            return List.of();
        }
        return terms.stream()
                .filter(each -> each.getWeight() != 0)
                .map(each ->
                        new AffinityTerm.Weighted(
                                each.getWeight(),
                                AffinityTerm.of(each.getPodAffinityTerm(), pod, labels)))
                .toList();
    }
}
