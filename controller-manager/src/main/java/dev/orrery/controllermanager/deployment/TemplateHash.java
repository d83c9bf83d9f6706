package dev.orrery.controllermanager.deployment;

import dev.orrery.controllermanager.pod.CanonicalTemplate;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;

/**
 * The hash of a pod template: it names ReplicaSets and labels their pods. Templates that differ
 * only in order, in nothings (null, an empty list or map) or in the hash label itself are the same.
 */
final class TemplateHash {

    static final String LABEL = "pod-template-hash";

    private TemplateHash() {}

    static boolean sameTemplate(Deployment deployment, ReplicaSet set) {
        PodTemplateSpec ours = withoutHash(deployment.getSpec().getTemplate());
        PodTemplateSpec theirs = withoutHash(set.getSpec().getTemplate());
        return ours.equals(theirs)
                || CanonicalTemplate.of(ours).equals(CanonicalTemplate.of(theirs));
    }

    /**
     * @param collisions how often a hash of this Deployment has met a foreign ReplicaSet's name
     */
    static String of(PodTemplateSpec template, int collisions) {
        return CanonicalTemplate.hash(withoutHash(template), collisions);
    }

    private static PodTemplateSpec withoutHash(PodTemplateSpec template) {
        return new PodTemplateSpecBuilder(template)
                .editOrNewMetadata()
                .removeFromLabels(LABEL)
                .endMetadata()
                .build();
    }
}
