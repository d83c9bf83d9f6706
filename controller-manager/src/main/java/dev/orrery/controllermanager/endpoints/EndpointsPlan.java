package dev.orrery.controllermanager.endpoints;

import dev.orrery.controllermanager.service.Backend;
import dev.orrery.controllermanager.service.Backends;
import dev.orrery.controllermanager.service.TriggerTimes;
import io.fabric8.kubernetes.api.model.EndpointSubset;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.EndpointsBuilder;
import io.fabric8.kubernetes.api.model.Service;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a Service's Endpoints need. */
sealed interface EndpointsPlan {

    String HEADLESS = "service.kubernetes.io/headless";
    String MANAGED_BY = "endpoints.kubernetes.io/managed-by";
    String MANAGER = "endpoint-controller";
    String OVER_CAPACITY = "endpoints.kubernetes.io/over-capacity";

    record Create(Endpoints endpoints) implements EndpointsPlan {}

    record Update(Endpoints endpoints) implements EndpointsPlan {}

    record Keep() implements EndpointsPlan {}

    /**
     * @param trigger when what led to a change happened; null where that is not known
     */
    static EndpointsPlan of(
            Service service,
            Collection<Backend> backends,
            @Nullable Instant trigger,
            @Nullable Endpoints present) {
        List<EndpointSubset> all = Subsets.of(service, backends);
        Endpoints basis = present == null ? blank(service) : present;
        boolean over = Capacity.isExceededBy(all);
        Endpoints wanted =
                new EndpointsBuilder(basis)
                        .editMetadata()
                        .withLabels(labels(service))
                        .withAnnotations(annotations(basis, trigger, over))
                        .endMetadata()
                        .withSubsets(Capacity.cut(all))
                        .build();
        if (present == null) {
            return new Create(wanted);
        }
        return isSame(present, wanted) ? new Keep() : new Update(wanted);
    }

    private static Endpoints blank(Service service) {
        return new EndpointsBuilder()
                .withNewMetadata()
                .withName(service.getMetadata().getName())
                .withNamespace(service.getMetadata().getNamespace())
                .endMetadata()
                .build();
    }

    /** The time of the last change is no reason for another. */
    private static boolean isSame(Endpoints present, Endpoints wanted) {
        return present.getSubsets().equals(wanted.getSubsets())
                && wanted.getMetadata().getLabels().equals(present.getMetadata().getLabels())
                && isMarkedOver(present) == isMarkedOver(wanted);
    }

    private static boolean isMarkedOver(Endpoints endpoints) {
        Map<String, String> annotations = endpoints.getMetadata().getAnnotations();
        return annotations != null && annotations.containsKey(OVER_CAPACITY);
    }

    private static Map<String, String> labels(Service service) {
        Map<String, String> labels = new HashMap<>();
        if (service.getMetadata().getLabels() != null) {
            labels.putAll(service.getMetadata().getLabels());
        }
        labels.remove(HEADLESS);
        if (Backends.isHeadless(service)) {
            labels.put(HEADLESS, "");
        }
        labels.put(MANAGED_BY, MANAGER);
        return labels;
    }

    private static Map<String, String> annotations(
            Endpoints basis, @Nullable Instant trigger, boolean over) {
        Map<String, String> annotations = new HashMap<>();
        if (basis.getMetadata().getAnnotations() != null) {
            annotations.putAll(basis.getMetadata().getAnnotations());
        }
        annotations.remove(TriggerTimes.ANNOTATION);
        annotations.remove(OVER_CAPACITY);
        if (trigger != null) {
            annotations.put(TriggerTimes.ANNOTATION, trigger.toString());
        }
        if (over) {
            annotations.put(OVER_CAPACITY, "truncated");
        }
        return annotations;
    }
}
