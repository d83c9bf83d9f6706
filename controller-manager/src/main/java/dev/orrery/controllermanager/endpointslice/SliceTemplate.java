package dev.orrery.controllermanager.endpointslice;

import dev.orrery.controllermanager.owner.Owners;
import dev.orrery.controllermanager.service.TriggerTimes;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How the slices of one parent, a Service or Endpoints, look beside their endpoints.
 *
 * @param annotations what new and changed slices carry
 * @param mirrorsAnnotations whether slices have exactly these annotations; else they keep their own
 *     beside them, and a difference is no reason to write
 * @param mostEndpoints in one slice
 */
record SliceTemplate(
        HasMetadata parent,
        Map<String, String> labels,
        Map<String, String> annotations,
        boolean mirrorsAnnotations,
        int mostEndpoints) {

    private static final int LONGEST_PREFIX = 253;

    SliceTemplate {
        // In the same order in every JVM: they are written as they are.
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        annotations = Collections.unmodifiableMap(new TreeMap<>(annotations));
    }

    EndpointSlice fresh(SliceGroup.Form form, List<Endpoint> endpoints) {
        return new EndpointSliceBuilder()
                .withNewMetadata()
                .withGenerateName(prefix(parent.getMetadata().getName()))
                .withNamespace(parent.getMetadata().getNamespace())
                .withLabels(labels)
                .withAnnotations(annotations)
                .withOwnerReferences(Owners.controllerReference(parent))
                .endMetadata()
                .withAddressType(form.addressType())
                .withPorts(form.ports())
                .withEndpoints(endpoints)
                .build();
    }

    /** An existing slice with other contents. */
    EndpointSlice refilled(EndpointSlice slice, SliceGroup.Form form, List<Endpoint> endpoints) {
        return new EndpointSliceBuilder(slice)
                .editMetadata()
                .withLabels(labels)
                .withAnnotations(annotationsOf(slice))
                .endMetadata()
                .withPorts(form.ports())
                .withEndpoints(endpoints)
                .build();
    }

    private Map<String, String> annotationsOf(EndpointSlice slice) {
        Map<String, String> all = new HashMap<>();
        if (!mirrorsAnnotations && slice.getMetadata().getAnnotations() != null) {
            all.putAll(slice.getMetadata().getAnnotations());
            all.remove(TriggerTimes.ANNOTATION);
        }
        all.putAll(annotations);
        return all;
    }

    boolean fits(EndpointSlice slice) {
        return labels.equals(slice.getMetadata().getLabels())
                && (!mirrorsAnnotations
                        || annotations.equals(
                                Objects.requireNonNullElse(
                                        slice.getMetadata().getAnnotations(), Map.of())));
    }

    /** A slice of an older parent of the same name goes with that one. */
    boolean owns(EndpointSlice slice) {
        return Owners.isControlledBy(slice, parent);
    }

    private static String prefix(String name) {
        return name.length() < LONGEST_PREFIX ? name + "-" : name;
    }
}
