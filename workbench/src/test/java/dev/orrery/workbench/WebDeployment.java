package dev.orrery.workbench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.ObjectKey;
import dev.orrery.machinery.store.Json;
import dev.orrery.machinery.store.PatchType;
import dev.orrery.machinery.store.StoreClient;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** The Deployment {@code web} of a workbench's cluster, as its administrator handles it. */
record WebDeployment(Workbench workbench, int replicas) {

    static final ObjectKey KEY =
            new ObjectKey(new GroupResource("apps", "deployments"), "default", "web");

    static WebDeployment create(Workbench workbench, int replicas, String image) {
        WebDeployment web = new WebDeployment(workbench, replicas);
        workbench.admin().create(object(replicas, image));
        return web;
    }

    void setImage(String image) {
        String patch =
                """
                {"spec": {"template": {"spec": {"containers": [{"name": "nginx", "image": "%s"}]}}}}
                """
                        .formatted(image);
        workbench
                .admin()
                .patch(
                        Deployment.class,
                        "default",
                        "web",
                        "",
                        PatchType.STRATEGIC_MERGE,
                        Json.read(patch.getBytes(UTF_8), JsonNode.class));
    }

    /** Lets time pass until everything runs the image and nothing else is left. */
    boolean settles(String image, Duration patience) {
        Instant limit = workbench.now().plus(patience);
        while (!isSettled(image)) {
            if (!workbench.now().isBefore(limit)) {
                return false;
            }
            workbench.run(Duration.ofSeconds(1));
        }
        return true;
    }

    private boolean isSettled(String image) {
        StoreClient admin = workbench.admin();
        Deployment now = admin.get(Deployment.class, "default", "web");
        return now.getStatus() != null
                && now.getMetadata().getGeneration().equals(now.getStatus().getObservedGeneration())
                && is(now.getStatus().getReplicas())
                && is(now.getStatus().getUpdatedReplicas())
                && is(now.getStatus().getAvailableReplicas())
                && areAll(image, running(admin.list(Pod.class, "default")));
    }

    /** Pods that failed stay until their set goes; they count for nothing. */
    private static List<Pod> running(List<Pod> pods) {
        return pods.stream()
                .filter(pod -> !Objects.equals(pod.getStatus().getPhase(), "Failed"))
                .toList();
    }

    private boolean is(Integer count) {
        return Objects.equals(count, replicas);
    }

    private boolean areAll(String image, List<Pod> pods) {
        return pods.size() == replicas
                && pods.stream()
                        .allMatch(pod ->
                                pod.getSpec().getContainers().getFirst().getImage().equals(image));
    }

    private static Deployment object(int replicas, String image) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("web")
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withNewSelector()
                .addToMatchLabels("app", "web")
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app", "web")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("nginx")
                .withImage(image)
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }
}
