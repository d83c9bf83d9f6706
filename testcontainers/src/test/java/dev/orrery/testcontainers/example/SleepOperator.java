package dev.orrery.testcontainers.example;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import org.jspecify.annotations.Nullable;

/**
 * A small operator: Deployments with the label {@code sleep=true} are scaled to zero, and what they
 * had is kept in an annotation; without the label they get it back.
 */
final class SleepOperator implements AutoCloseable {

    static final String SLEEP = "sleep";
    static final String AWAKE_REPLICAS = "example.com/awake-replicas";

    private final KubernetesClient client;
    private final SharedIndexInformer<Deployment> deployments;

    SleepOperator(KubernetesClient client, String namespace) {
        this.client = client;
        this.deployments =
                client.apps().deployments().inNamespace(namespace).inform(new Changes(), 0);
    }

    private void reconcile(Deployment deployment) {
        boolean asleep = "true".equals(deployment.getMetadata().getLabels().get(SLEEP));
        int replicas = deployment.getSpec().getReplicas();
        String kept = deployment.getMetadata().getAnnotations().get(AWAKE_REPLICAS);
        if (asleep && replicas > 0) {
            scale(deployment, 0, Integer.toString(replicas));
        } else if (!asleep && kept != null) {
            scale(deployment, Integer.parseInt(kept), null);
        }
    }

    private void scale(Deployment deployment, int replicas, @Nullable String kept) {
        client.resource(deployment)
                .edit(current -> {
                    current.getSpec().setReplicas(replicas);
                    if (kept == null) {
                        current.getMetadata().getAnnotations().remove(AWAKE_REPLICAS);
                    } else {
                        current.getMetadata().getAnnotations().put(AWAKE_REPLICAS, kept);
                    }
                    return current;
                });
    }

    @Override
    public void close() {
        deployments.close();
    }

    private final class Changes implements ResourceEventHandler<Deployment> {

        @Override
        public void onAdd(Deployment deployment) {
            reconcile(deployment);
        }

        @Override
        public void onUpdate(Deployment before, Deployment deployment) {
            reconcile(deployment);
        }

        @Override
        public void onDelete(Deployment deployment, boolean unknown) {}
    }
}
