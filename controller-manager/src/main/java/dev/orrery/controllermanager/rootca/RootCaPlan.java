package dev.orrery.controllermanager.rootca;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a namespace's copy of the cluster's certificate authority needs. */
sealed interface RootCaPlan {

    String NAME = "kube-root-ca.crt";
    String DESCRIPTION_ANNOTATION = "kubernetes.io/description";

    /** Clients and people read this very text. */
    String DESCRIPTION =
            "Contains a CA bundle that can be used to verify the kube-apiserver when using internal"
                    + " endpoints such as the internal service IP or kubernetes.default.svc. No"
                    + " other usage is guaranteed across distributions of Kubernetes clusters.";

    record Create(ConfigMap map) implements RootCaPlan {}

    record Correct(ConfigMap map) implements RootCaPlan {}

    record Keep() implements RootCaPlan {}

    /**
     * @param present the namespace's copy, or null
     * @param certificate PEM
     */
    static RootCaPlan of(Namespace namespace, @Nullable ConfigMap present, String certificate) {
        if (namespace.getMetadata().getDeletionTimestamp() != null) {
            return new Keep();
        }
        Map<String, String> data = Map.of("ca.crt", certificate);
        if (present == null) {
            return new Create(
                    new ConfigMapBuilder()
                            .withNewMetadata()
                            .withName(NAME)
                            .withNamespace(namespace.getMetadata().getName())
                            .addToAnnotations(DESCRIPTION_ANNOTATION, DESCRIPTION)
                            .endMetadata()
                            .withData(data)
                            .build());
        }
        Map<String, String> annotations = present.getMetadata().getAnnotations();
        boolean described =
                annotations != null && DESCRIPTION.equals(annotations.get(DESCRIPTION_ANNOTATION));
        if (described && data.equals(present.getData())) {
            return new Keep();
        }
        return new Correct(
                new ConfigMapBuilder(present)
                        .editMetadata()
                        .addToAnnotations(DESCRIPTION_ANNOTATION, DESCRIPTION)
                        .endMetadata()
                        .withData(data)
                        .build());
    }
}
