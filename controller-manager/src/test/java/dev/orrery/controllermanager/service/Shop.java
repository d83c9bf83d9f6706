package dev.orrery.controllermanager.service;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;

/** A Service {@code web} on port 80, which leads to the pods' port {@code http}. */
public final class Shop {

    public static final String SINCE = "2026-03-01T00:00:00Z";

    private Shop() {}

    public static ServiceBuilder service() {
        return new ServiceBuilder()
                .withNewMetadata()
                .withName("web")
                .withNamespace("default")
                .withUid("service-uid")
                .withCreationTimestamp(SINCE)
                .addToLabels("tier", "front")
                .endMetadata()
                .withNewSpec()
                .withClusterIP("10.96.0.10")
                .addToSelector("app", "web")
                .addNewPort()
                .withPort(80)
                .withProtocol("TCP")
                .withTargetPort(new IntOrString("http"))
                .endPort()
                .endSpec();
    }

    public static Service headless() {
        return service().editSpec().withClusterIP("None").withPorts().endSpec().build();
    }

    /** Running on node-1 and ready; its port http is 8080. */
    public static PodBuilder pod(String name, String address) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .withUid(name + "-uid")
                .addToLabels("app", "web")
                .endMetadata()
                .withNewSpec()
                .withNodeName("node-1")
                .addNewContainer()
                .withName("web")
                .addNewPort()
                .withName("http")
                .withContainerPort(8080)
                .endPort()
                .endContainer()
                .endSpec()
                .withNewStatus()
                .withPhase("Running")
                .withPodIP(address)
                .addNewPodIP(address)
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .withLastTransitionTime(SINCE)
                .endCondition()
                .endStatus();
    }

    public static Pod unready(String name, String address) {
        return pod(name, address)
                .editStatus()
                .editFirstCondition()
                .withStatus("False")
                .endCondition()
                .endStatus()
                .build();
    }

    /** Ready still, and on its way out. */
    public static Pod terminating(String name, String address) {
        return pod(name, address).editMetadata().withDeletionTimestamp(SINCE).endMetadata().build();
    }

    public static Node node(String name, String zone) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("topology.kubernetes.io/zone", zone)
                .endMetadata()
                .build();
    }
}
