package dev.orrery.controllermanager.endpointslice;

import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which slices are to be made, changed and deleted so that together they hold the wanted endpoints,
 * with as few writes as may be: an endpoint stays in its slice, new ones go first to slices that
 * are written anyway, and a slice that is no longer needed becomes one that is to be made.
 */
record SlicePlan(
        List<EndpointSlice> created, List<EndpointSlice> changed, List<EndpointSlice> deleted) {

    SlicePlan {
        created = List.copyOf(created);
        changed = List.copyOf(changed);
        deleted = List.copyOf(deleted);
    }

    /**
     * @param placeholders families of which one empty slice is to say that there is nothing
     */
    static SlicePlan of(
            SliceTemplate template,
            Collection<SliceGroup> wanted,
            Set<String> placeholders,
            Collection<EndpointSlice> existing) {
        List<SliceGroup> groups = new ArrayList<>(wanted);
        groups.removeIf(group -> group.endpoints().isEmpty());
        for (String family : placeholders) {
            if (groups.stream().noneMatch(group -> group.form().addressType().equals(family))) {
                groups.add(new SliceGroup(new SliceGroup.Form(family, List.of()), List.of()));
            }
        }
        Draft draft = new Draft(template);
        Map<SliceGroup.Form, List<EndpointSlice>> byForm = byForm(template, existing, draft);
        for (SliceGroup group : groups) {
            List<EndpointSlice> slices = byForm.remove(group.form());
            draft.place(group, slices == null ? List.of() : slices);
        }
        byForm.values().forEach(slices -> slices.forEach(draft::discard));
        return draft.plan();
    }

    private static Map<SliceGroup.Form, List<EndpointSlice>> byForm(
            SliceTemplate template, Collection<EndpointSlice> existing, Draft draft) {
        Map<SliceGroup.Form, List<EndpointSlice>> byForm = new LinkedHashMap<>();
        existing.stream()
                .sorted(Comparator.comparing(slice -> slice.getMetadata().getName()))
                .forEach(slice -> {
                    if (template.owns(slice)) {
                        byForm.computeIfAbsent(SliceGroup.Form.of(slice), _ -> new ArrayList<>())
                                .add(slice);
                    } else {
                        draft.discard(slice);
                    }
                });
        return byForm;
    }
}
