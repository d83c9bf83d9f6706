package dev.orrery.controllermanager.endpointslice;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointHints;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointHintsBuilder;
import org.jspecify.annotations.Nullable;

/** Who should prefer an endpoint, where the Service says how its traffic is to be distributed. */
final class Hints {

    private Hints() {}

    static @Nullable EndpointHints of(
            Service service, @Nullable String zone, @Nullable String node) {
        String wish = service.getSpec().getTrafficDistribution();
        return switch (wish == null ? "" : wish) {
            case "PreferClose", "PreferSameZone" -> hints(zone, null);
            case "PreferSameNode" -> hints(zone, node);
            default -> null;
        };
    }

    private static @Nullable EndpointHints hints(@Nullable String zone, @Nullable String node) {
        if (zone == null && node == null) {
            return null;
        }
        EndpointHintsBuilder hints = new EndpointHintsBuilder();
        if (zone != null) {
            hints.addNewForZone(zone);
        }
        if (node != null) {
            hints.addNewForNode(node);
        }
        return hints.build();
    }
}
