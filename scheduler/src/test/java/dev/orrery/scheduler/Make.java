package dev.orrery.scheduler;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirementBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;

/** Nodes and pods to test with. */
public final class Make {

    private Make() {}

    /** A node with room for 110 pods. */
    public static Node node(String name, String cpu, String memory) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("kubernetes.io/hostname", name)
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .withNewStatus()
                .addToAllocatable("cpu", new Quantity(cpu))
                .addToAllocatable("memory", new Quantity(memory))
                .addToAllocatable("pods", new Quantity("110"))
                .endStatus()
                .build();
    }

    public static Node node(String name) {
        return node(name, "4", "8Gi");
    }

    public static Node labelled(Node node, String key, String value) {
        return node.edit().editMetadata().addToLabels(key, value).endMetadata().build();
    }

    public static Node tainted(Node node, String key, String value, String effect) {
        return node.edit()
                .editSpec()
                .addNewTaint()
                .withKey(key)
                .withValue(value)
                .withEffect(effect)
                .endTaint()
                .endSpec()
                .build();
    }

    public static Node cordoned(Node node) {
        return node.edit().editSpec().withUnschedulable(true).endSpec().build();
    }

    /** A pod of one container. */
    public static PodBuilder pod(String name, Map<String, String> requests) {
        PodBuilder builder =
                new PodBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName(name)
                        .withUid("uid-" + name)
                        .withGeneration(1L)
                        .endMetadata()
                        .withNewSpec()
                        .withSchedulerName("default-scheduler")
                        .addNewContainer()
                        .withName("main")
                        .withImage("nginx:1.27")
                        .withNewResources()
                        .endResources()
                        .endContainer()
                        .endSpec()
                        .withNewStatus()
                        .withPhase("Pending")
                        .endStatus();
        requests.forEach((resource, amount) ->
                builder.editSpec()
                        .editFirstContainer()
                        .editResources()
                        .addToRequests(resource, new Quantity(amount))
                        .endResources()
                        .endContainer()
                        .endSpec());
        return builder;
    }

    public static PodBuilder pod(String name) {
        return pod(name, Map.of());
    }

    public static Pod cpu(String name, String cpu) {
        return pod(name, Map.of("cpu", cpu)).build();
    }

    public static NodeSelectorRequirement requirement(
            String key, String operator, String... values) {
        return new NodeSelectorRequirementBuilder()
                .withKey(key)
                .withOperator(operator)
                .withValues(values)
                .build();
    }

    public static Pod on(Pod pod, String node) {
        return pod.edit().editSpec().withNodeName(node).endSpec().build();
    }
}
