package dev.orrery.controllermanager.deployment;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What a ReplicaSet remembers of its Deployment's size when it was last scaled: by it the next
 * reconcile knows that the Deployment was scaled since, and what share of it the set had.
 */
final class SizeAnnotations {

    static final String DESIRED = "deployment.kubernetes.io/desired-replicas";
    static final String MAXIMUM = "deployment.kubernetes.io/max-replicas";

    private SizeAnnotations() {}

    static ReplicaSet set(ReplicaSet set, Deployment deployment) {
        int replicas = deployment.getSpec().getReplicas();
        int maximum = replicas + Bounds.of(deployment).maxSurge();
        return new ReplicaSetBuilder(set)
                .editMetadata()
                .addToAnnotations(DESIRED, Integer.toString(replicas))
                .addToAnnotations(MAXIMUM, Integer.toString(maximum))
                .endMetadata()
                .build();
    }

    static OptionalInt desired(ReplicaSet set) {
        return number(set, DESIRED);
    }

    static OptionalInt maximum(ReplicaSet set) {
        return number(set, MAXIMUM);
    }

    private static OptionalInt number(ReplicaSet set, String annotation) {
        Map<String, String> annotations = set.getMetadata().getAnnotations();
        String text = annotations == null ? null : annotations.get(annotation);
        try {
            return text == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(text));
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }
}
