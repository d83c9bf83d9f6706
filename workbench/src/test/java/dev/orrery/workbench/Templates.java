package dev.orrery.workbench;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import java.util.List;
import java.util.Map;

/** The pods of the workloads that histories happen to. */
final class Templates {

    static final List<String> IMAGES = List.of("nginx:1.16", "nginx:1.17", "nginx:1.18");

    private Templates() {}

    static PodTemplateSpec web(String app, Map<String, String> nodeSelector) {
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .addToLabels("app", app)
                .endMetadata()
                .withNewSpec()
                .withTerminationGracePeriodSeconds(2L)
                .withNodeSelector(nodeSelector)
                .addNewContainer()
                .withName("web")
                .withImage(IMAGES.getFirst())
                .endContainer()
                .endSpec()
                .build();
    }

    static String image(int number) {
        return IMAGES.get(number % IMAGES.size());
    }

    /** Sets the image in a template. */
    static String patch(String image) {
        return """
        {"spec": {"template": {"spec": {"containers": [{"name": "web", "image": "%s"}]}}}}
        """
                .formatted(image);
    }
}
