package dev.orrery.controllermanager.endpointslice;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.HashMap;
import java.util.Map;

/** The labels by which slices, their Services and their makers know each other. */
final class SliceLabels {

    static final String SERVICE = "kubernetes.io/service-name";
    static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";
    static final String HEADLESS = "service.kubernetes.io/headless";
    static final String SKIP_MIRROR = "endpointslice.kubernetes.io/skip-mirror";

    private SliceLabels() {}

    /** The parent's own labels, and those that slices need. */
    static Map<String, String> of(HasMetadata parent, String manager) {
        Map<String, String> labels = new HashMap<>();
        if (parent.getMetadata().getLabels() != null) {
            labels.putAll(parent.getMetadata().getLabels());
        }
        labels.put(SERVICE, parent.getMetadata().getName());
        labels.put(MANAGED_BY, manager);
        return labels;
    }

    static boolean isManagedBy(EndpointSlice slice, String manager) {
        return manager.equals(label(slice, MANAGED_BY));
    }

    static String service(EndpointSlice slice) {
        return label(slice, SERVICE);
    }

    private static String label(EndpointSlice slice, String name) {
        Map<String, String> labels = slice.getMetadata().getLabels();
        return labels == null ? "" : labels.getOrDefault(name, "");
    }
}
