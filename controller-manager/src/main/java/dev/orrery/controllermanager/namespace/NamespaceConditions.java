package dev.orrery.controllermanager.namespace;

import dev.orrery.controllermanager.time.Timestamps;
import dev.orrery.machinery.informer.ObjectMetadata;
import io.fabric8.kubernetes.api.model.NamespaceCondition;
import io.fabric8.kubernetes.api.model.NamespaceConditionBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How far a namespace's deletion has come, in Kubernetes' five conditions. */
final class NamespaceConditions {

    private NamespaceConditions() {}

    /**
     * @param content of which the deletion has begun, and which is still there
     * @param failures why some of it could not be deleted, one for each resource
     */
    static List<NamespaceCondition> of(
            @Nullable List<NamespaceCondition> before,
            Collection<ObjectMetadata> content,
            List<String> failures,
            Instant now) {
        List<NamespaceCondition> next =
                before == null ? new ArrayList<>() : new ArrayList<>(before);
        set(
                next,
                "NamespaceDeletionDiscoveryFailure",
                false,
                "ResourcesDiscovered",
                "All resources successfully discovered",
                now);
        set(
                next,
                "NamespaceDeletionGroupVersionParsingFailure",
                false,
                "ParsedGroupVersions",
                "All legacy kube types successfully parsed",
                now);
        setContentFailure(next, failures, now);
        setRemaining(next, content, now);
        setFinalizers(next, content, now);
        return next;
    }

    private static void setContentFailure(
            List<NamespaceCondition> conditions, List<String> failures, Instant now) {
        set(
                conditions,
                "NamespaceDeletionContentFailure",
                !failures.isEmpty(),
                failures.isEmpty() ? "ContentDeleted" : "ContentDeletionFailed",
                failures.isEmpty()
                        ? "All content successfully deleted, may be waiting on finalization"
                        : "Failed to delete all resource types, %d remaining: %s"
                                .formatted(
                                        failures.size(),
                                        failures.stream()
                                                .sorted()
                                                .collect(Collectors.joining(", "))),
                now);
    }

    private static void setRemaining(
            List<NamespaceCondition> conditions, Collection<ObjectMetadata> content, Instant now) {
        String list =
                counts(
                        content,
                        object -> List.of(resource(object)),
                        "%s has %d resource instances");
        set(
                conditions,
                "NamespaceContentRemaining",
                !list.isEmpty(),
                list.isEmpty() ? "ContentRemoved" : "SomeResourcesRemain",
                list.isEmpty()
                        ? "All content successfully removed"
                        : "Some resources are remaining: " + list,
                now);
    }

    private static void setFinalizers(
            List<NamespaceCondition> conditions, Collection<ObjectMetadata> content, Instant now) {
        String list = counts(content, ObjectMetadata::finalizers, "%s in %d resource instances");
        set(
                conditions,
                "NamespaceFinalizersRemaining",
                !list.isEmpty(),
                list.isEmpty() ? "ContentHasNoFinalizers" : "SomeFinalizersRemain",
                list.isEmpty()
                        ? "All content-preserving finalizers finished"
                        : "Some content in the namespace has finalizers remaining: " + list,
                now);
    }

    /**
     * {@code pods. has 2 resource instances}: the core group's name is empty, as Kubernetes says
     * it.
     */
    private static String resource(ObjectMetadata object) {
        return object.key().resource().resource() + "." + object.key().resource().group();
    }

    private static String counts(
            Collection<ObjectMetadata> content,
            Function<ObjectMetadata, List<String>> names,
            String format) {
        Map<String, Long> counts =
                content.stream()
                        .flatMap(object -> names.apply(object).stream())
                        .collect(
                                Collectors.groupingBy(
                                        name -> name, TreeMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                .map(entry -> format.formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static void set(
            List<NamespaceCondition> conditions,
            String type,
            boolean holds,
            String reason,
            String message,
            Instant now) {
        NamespaceCondition wanted =
                new NamespaceConditionBuilder()
                        .withType(type)
                        .withStatus(holds ? "True" : "False")
                        .withReason(reason)
                        .withMessage(message)
                        .withLastTransitionTime(Timestamps.format(now))
                        .build();
        for (int i = 0; i < conditions.size(); i++) {
            NamespaceCondition current = conditions.get(i);
            if (current.getType().equals(type)) {
                conditions.set(i, following(current, wanted));
                return;
            }
        }
        conditions.add(wanted);
    }

    /** Its time is that of the last change of its status. */
    private static NamespaceCondition following(
            NamespaceCondition current, NamespaceCondition wanted) {
        if (!Objects.equals(current.getStatus(), wanted.getStatus())) {
            return wanted;
        }
        return new NamespaceConditionBuilder(wanted)
                .withLastTransitionTime(current.getLastTransitionTime())
                .build();
    }
}
