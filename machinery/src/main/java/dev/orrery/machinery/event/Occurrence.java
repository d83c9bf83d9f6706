package dev.orrery.machinery.event;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened, as it was told to the recorder.
 *
 * @param seenVersion the resourceVersion of the object that the teller looked at, or empty
 */
record Occurrence(
        Source source,
        Regarding regarding,
        String seenVersion,
        String type,
        String reason,
        String message,
        Instant at) {

    /** With what is the same in occurrences that differ in their message only. */
    Alike alike() {
        return new Alike(source, regarding.whole(), type, reason);
    }

    /** With what is the same in occurrences that are one event, counted. */
    Same same() {
        return new Same(source, regarding, type, reason, message);
    }

    Occurrence withMessage(String text) {
        return new Occurrence(source, regarding, seenVersion, type, reason, text, at);
    }

    /** Who tells. */
    record Source(String component, String host) {}

    /** About what, whichever version of it. */
    record Regarding(
            String apiVersion,
            String kind,
            String namespace,
            String name,
            String uid,
            String fieldPath) {

        static Regarding of(HasMetadata object, String fieldPath) {
            return new Regarding(
                    object.getApiVersion(),
                    object.getKind(),
                    orEmpty(object.getMetadata().getNamespace()),
                    orEmpty(object.getMetadata().getName()),
                    orEmpty(object.getMetadata().getUid()),
                    fieldPath);
        }

        /** The object, whichever part of it was meant. */
        Regarding whole() {
            return new Regarding(apiVersion, kind, namespace, name, uid, "");
        }

        private static String orEmpty(@Nullable String text) {
            return text == null ? "" : text;
        }
    }

    record Alike(Source source, Regarding regarding, String type, String reason) {}

    record Same(Source source, Regarding regarding, String type, String reason, String message) {}
}
