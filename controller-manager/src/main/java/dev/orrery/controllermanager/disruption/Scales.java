package dev.orrery.controllermanager.disruption;

import dev.orrery.controllermanager.owner.Owners;
import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.informer.Informers;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ReplicationController;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many pods the controllers of some pods want, each controller counted once: of two pods of a
 * Deployment of 10 and one of a StatefulSet of 3 it is 13.
 */
final class Scales {

    private final Informer<ReplicaSet> replicaSets;
    private final Informer<Deployment> deployments;
    private final Informer<StatefulSet> statefulSets;
    private final Informer<ReplicationController> replicationControllers;

    Scales(Informers informers) {
        this.replicaSets = informers.of(ReplicaSet.class);
        this.deployments = informers.of(Deployment.class);
        this.statefulSets = informers.of(StatefulSet.class);
        this.replicationControllers = informers.of(ReplicationController.class);
    }

    ExpectedPods of(Collection<Pod> pods) {
        Map<String, Integer> byController = new HashMap<>();
        List<String> unmanaged = new ArrayList<>();
        for (Pod pod : pods) {
            OwnerReference controller = Owners.controllerOf(pod);
            if (controller == null) {
                unmanaged.add(pod.getMetadata().getName());
                continue;
            }
            if (!hasScale(controller)) {
                return new ExpectedPods.Unknown(
                        resource(controller) + " does not implement the scale subresource");
            }
            Scale scale = find(pod.getMetadata().getNamespace(), controller);
            if (scale == null) {
                return new ExpectedPods.Unknown(
                        "found no controllers for pod \"" + pod.getMetadata().getName() + '"');
            }
            byController.put(scale.uid(), scale.replicas());
        }
        int count = byController.values().stream().mapToInt(Integer::intValue).sum();
        return new ExpectedPods.Known(count, unmanaged);
    }

    private static boolean hasScale(OwnerReference controller) {
        return switch (controller.getKind()) {
            case "ReplicaSet", "StatefulSet", "Deployment" -> group(controller).equals("apps");
            case "ReplicationController" -> group(controller).isEmpty();
            default -> false;
        };
    }

    private @Nullable Scale find(String namespace, OwnerReference controller) {
        String name = controller.getName();
        Scale scale =
                switch (controller.getKind()) {
                    case "ReplicaSet" -> of(replicaSets.get(namespace, name));
                    case "Deployment" -> of(deployments.get(namespace, name));
                    case "StatefulSet" -> of(statefulSets.get(namespace, name));
                    default -> of(replicationControllers.get(namespace, name));
                };
        if (scale == null || !scale.uid().equals(controller.getUid())) {
            return null;
        }
        Scale deployment =
                controller.getKind().equals("ReplicaSet") ? deploymentOf(namespace, name) : null;
        return deployment == null ? scale : deployment;
    }

    /** A Deployment wants what it wants, in however many ReplicaSets. */
    private @Nullable Scale deploymentOf(String namespace, String replicaSet) {
        ReplicaSet set = replicaSets.get(namespace, replicaSet);
        OwnerReference controller = set == null ? null : Owners.controllerOf(set);
        return controller != null && controller.getKind().equals("Deployment")
                ? find(namespace, controller)
                : null;
    }

    private static @Nullable Scale of(@Nullable HasMetadata object) {
        Integer replicas =
                switch (object) {
                    case null -> null;
                    case ReplicaSet set -> set.getSpec().getReplicas();
                    case Deployment deployment -> deployment.getSpec().getReplicas();
                    case StatefulSet set -> set.getSpec().getReplicas();
                    case ReplicationController rc -> rc.getSpec().getReplicas();
                    default -> throw new IllegalArgumentException(object.getKind());
                };
        return object == null
                ? null
                : new Scale(object.getMetadata().getUid(), replicas == null ? 1 : replicas);
    }

    private static String resource(OwnerReference controller) {
        String plural = controller.getKind().toLowerCase(Locale.ROOT) + "s";
        String group = group(controller);
        return group.isEmpty() ? plural : plural + "." + group;
    }

    private static String group(OwnerReference controller) {
        int slash = controller.getApiVersion().indexOf('/');
        return slash < 0 ? "" : controller.getApiVersion().substring(0, slash);
    }

    private record Scale(String uid, int replicas) {}
}
