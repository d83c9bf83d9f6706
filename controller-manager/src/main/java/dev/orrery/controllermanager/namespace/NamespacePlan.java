package dev.orrery.controllermanager.namespace;

import dev.orrery.machinery.informer.ObjectMetadata;
import dev.orrery.machinery.log.GroupResource;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** What comes next in the deletion of a namespace. */
sealed interface NamespacePlan {

    String FINALIZER = "kubernetes";

    /** It is not being deleted, or has been let go of. */
    record Keep() implements NamespacePlan {}

    /**
     * Everything of these resources is to be deleted; what is on its way out already is waited for.
     * Pods come first and alone: they may need what else is there to end well.
     */
    record Empty(List<ResourceContent> resources) implements NamespacePlan {
        public Empty {
            resources = List.copyOf(resources);
        }
    }

    /** Nothing is left in it. */
    record LetGo() implements NamespacePlan {}

    /** All objects of one resource in the namespace. */
    record ResourceContent(GroupResource resource, String version) {}

    static NamespacePlan of(Namespace namespace, Collection<ObjectMetadata> content) {
        boolean held = namespace.getSpec().getFinalizers().contains(FINALIZER);
        if (namespace.getMetadata().getDeletionTimestamp() == null || !held) {
            return new Keep();
        }
        if (content.isEmpty()) {
            return new LetGo();
        }
        return new Empty(
                inTurn(content).stream()
                        .filter(object -> !object.deleting())
                        .map(object ->
                                new ResourceContent(object.key().resource(), object.version()))
                        .distinct()
                        .sorted(Comparator.comparing(ResourceContent::resource))
                        .toList());
    }

    /** What is to go now: the pods as long as there are any, then all the rest. */
    static Collection<ObjectMetadata> inTurn(Collection<ObjectMetadata> content) {
        List<ObjectMetadata> pods = content.stream().filter(NamespacePlan::isPod).toList();
        return pods.isEmpty() ? content : pods;
    }

    private static boolean isPod(ObjectMetadata object) {
        GroupResource resource = object.key().resource();
        return resource.group().isEmpty() && resource.resource().equals("pods");
    }
}
