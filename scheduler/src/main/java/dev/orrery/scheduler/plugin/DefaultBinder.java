package dev.orrery.scheduler.plugin;

import dev.orrery.machinery.store.StoreClient;
import dev.orrery.scheduler.cluster.PodInfo;
import dev.orrery.scheduler.framework.Bind;
import io.fabric8.kubernetes.api.model.Binding;
import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.Pod;

/** Binds through the pod's binding sub-resource. */
public final class DefaultBinder implements Bind {

    private final StoreClient store;

    public DefaultBinder(StoreClient store) {
        this.store = store;
    }

    @Override
    public void bind(PodInfo pod, String node) {
        Binding binding =
                new BindingBuilder()
                        .withNewMetadata()
                        .withNamespace(pod.namespace())
                        .withName(pod.name())
                        .withUid(pod.uid())
                        .endMetadata()
                        .withNewTarget()
                        .withKind("Node")
                        .withName(node)
                        .endTarget()
                        .build();
        store.createSubresource(Pod.class, pod.namespace(), pod.name(), "binding", binding);
    }
}
