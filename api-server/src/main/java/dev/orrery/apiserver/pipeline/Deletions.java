package dev.orrery.apiserver.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.definition.Removal;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.kind.Trait;
import dev.orrery.apiserver.metadata.Metadata;
import dev.orrery.apiserver.metadata.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The first half of a deletion: marking the object, for those who still have work with it. */
public final class Deletions {

    private static final String ORPHAN = "orphan";
    private static final String FOREGROUND = "foregroundDeletion";
    private static final long DEFAULT_GRACE_SECONDS = 30;

    private Deletions() {}

    /** Whether nobody holds the object any more and it may go. */
    static boolean isComplete(ObjectNode object) {
        Metadata metadata = Metadata.of(object);
        boolean namespace = object.path("kind").asText().equals("Namespace");
        return metadata.isDeleting()
                && !metadata.hasFinalizers()
                && metadata.graceSeconds() == 0
                && !(namespace && !object.path("spec").path("finalizers").isEmpty());
    }

    /** Changes the object into what it is after a request to delete it. */
    static void mark(Kind kind, ObjectNode object, DeleteOptions options, Instant now) {
        Metadata metadata = Metadata.of(object);
        metadata.setFinalizers(finalizers(kind, metadata, options));
        switch (kind.plural()) {
            case "customresourcedefinitions" -> markDefinition(object, metadata, now);
            case "namespaces" -> markNamespace(object, metadata, now);
            case "pods" -> markPod(object, metadata, options, now);
            default -> begin(metadata, 0, now);
        }
    }

    private static void markNamespace(ObjectNode namespace, Metadata metadata, Instant now) {
        if (!metadata.isDeleting()) {
            metadata.put(Metadata.DELETION, Times.text(now));
            namespace.withObjectProperty("status").put("phase", "Terminating");
        }
    }

    private static void markDefinition(ObjectNode definition, Metadata metadata, Instant now) {
        if (!metadata.isDeleting()) {
            Removal.begin(definition, now);
        }
    }

    private static void markPod(
            ObjectNode pod, Metadata metadata, DeleteOptions options, Instant now) {
        if (!metadata.isDeleting()) {
            begin(metadata, graceSeconds(pod, options), now);
        } else if (options.graceSeconds() != null
                && options.graceSeconds() < metadata.graceSeconds()) {
            shorten(metadata, options.graceSeconds());
        }
    }

    private static void begin(Metadata metadata, long graceSeconds, Instant now) {
        if (!metadata.isDeleting()) {
            metadata.put(Metadata.DELETION, Times.text(now.plusSeconds(graceSeconds)));
            metadata.put(Metadata.GRACE, graceSeconds);
            if (metadata.generation() > 0) {
                metadata.put(Metadata.GENERATION, metadata.generation() + 1);
            }
        }
    }

    /** The end moves as if the deletion had begun with this grace. */
    private static void shorten(Metadata metadata, long graceSeconds) {
        Instant begun =
                Instant.parse(metadata.text(Metadata.DELETION))
                        .minusSeconds(metadata.graceSeconds());
        metadata.put(Metadata.DELETION, Times.text(begun.plusSeconds(graceSeconds)));
        metadata.put(Metadata.GRACE, graceSeconds);
    }

    /** A pod that runs nowhere needs no time to end. */
    private static long graceSeconds(JsonNode pod, DeleteOptions options) {
        String phase = pod.path("status").path("phase").asText("");
        boolean runs =
                !pod.path("spec").path("nodeName").asText("").isEmpty()
                        && !phase.equals("Failed")
                        && !phase.equals("Succeeded");
        if (!runs) {
            return 0;
        }
        if (options.graceSeconds() != null) {
            return options.graceSeconds();
        }
        long own =
                pod.path("spec")
                        .path("terminationGracePeriodSeconds")
                        .asLong(DEFAULT_GRACE_SECONDS);
        return own < 0 ? 1 : own;
    }

    /** The garbage collector is told what to do with the dependents by a finalizer. */
    private static List<String> finalizers(Kind kind, Metadata metadata, DeleteOptions options) {
        List<String> finalizers = new ArrayList<>(metadata.finalizers());
        boolean hadOrphan = finalizers.remove(ORPHAN);
        boolean hadForeground = finalizers.remove(FOREGROUND);
        if (kind.plural().equals("events")) {
            return finalizers;
        }
        switch (options.propagation()) {
            case "Orphan" -> finalizers.add(ORPHAN);
            case "Foreground" -> finalizers.add(FOREGROUND);
            case "Background" -> {}
            default -> {
                if (hadOrphan || (!hadForeground && kind.has(Trait.ORPHANS_BY_DEFAULT))) {
                    finalizers.add(ORPHAN);
                } else if (hadForeground) {
                    finalizers.add(FOREGROUND);
                }
            }
        }
        return finalizers;
    }
}
