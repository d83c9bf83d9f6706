package dev.orrery.machinery.testing;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;

/** Small objects for tests, all in the namespace {@code default}. */
public final class Objects {

    public static final String NAMESPACE = "default";

    private Objects() {}

    public static Pod pod(String name) {
        return pod(name, null);
    }

    /** A pod that is bound to a node. */
    public static Pod pod(String name, @org.jspecify.annotations.Nullable String node) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName(name)
                .withUid("uid-of-" + name)
                .endMetadata()
                .withNewSpec()
                .withNodeName(node)
                .endSpec()
                .build();
    }

    public static ConfigMap configMap(String name, String value) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName(name)
                .withUid("uid-of-" + name)
                .endMetadata()
                .addToData("value", value)
                .build();
    }

    /** The pod with one more owner. */
    public static Pod owned(Pod pod, HasMetadata owner, boolean controller) {
        OwnerReference reference =
                new OwnerReferenceBuilder()
                        .withApiVersion(owner.getApiVersion())
                        .withKind(owner.getKind())
                        .withName(owner.getMetadata().getName())
                        .withUid(owner.getMetadata().getUid())
                        .withController(controller)
                        .build();
        return new PodBuilder(pod)
                .editMetadata()
                .addToOwnerReferences(reference)
                .endMetadata()
                .build();
    }
}
