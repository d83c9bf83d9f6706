package dev.orrery.apiserver.definition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.rules.Field;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** Groups of Kubernetes' own are for those whom Kubernetes has approved. */
final class Approval {

    private static final String ANNOTATION = "api-approved.kubernetes.io";

    private static final String HAVE =
            "protected groups must have approval annotation \"" + ANNOTATION + "\"";
    private static final String SEE = ", see https://github.com/kubernetes/enhancements/pull/1111";

    private Approval() {}

    /** What of the definition's approval is wrong; what was so before may stay so. */
    static void check(Field definition, @Nullable JsonNode old) {
        String group = definition.get("spec", "group").text();
        if (!isProtected(group)) {
            return;
        }
        Field annotation = definition.get("metadata", "annotations").key(ANNOTATION);
        State state = State.of(annotation.text());
        if (old != null && State.of(old.at("/metadata/annotations").path(ANNOTATION)) == state) {
            return;
        }
        switch (state) {
            case MISSING -> annotation.required(HAVE + SEE);
            case INVALID ->
                    annotation.invalid(
                            HAVE
                                    + " with either a URL or a reason starting with \"unapproved\""
                                    + SEE);
            case APPROVED, BYPASSED -> {}
        }
    }

    private static boolean isProtected(String group) {
        return group.equals("k8s.io")
                || group.endsWith(".k8s.io")
                || group.equals("kubernetes.io")
                || group.endsWith(".kubernetes.io");
    }

    private enum State {
        MISSING,
        INVALID,
        APPROVED,
        BYPASSED;

        static State of(JsonNode annotation) {
            return of(annotation.asText(""));
        }

        static State of(String annotation) {
            if (annotation.isEmpty()) {
                return MISSING;
            }
            if (annotation.startsWith("unapproved")) {
                return BYPASSED;
            }
            return isUrl(annotation) ? APPROVED : INVALID;
        }

        private static boolean isUrl(String text) {
            try {
                URI url = new URI(text);
                return url.getScheme() != null && url.getHost() != null;
            } catch (URISyntaxException _) {
                return false;
            }
        }
    }
}
