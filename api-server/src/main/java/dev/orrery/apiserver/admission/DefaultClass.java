package dev.orrery.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Which of several classes an annotation makes the default: the newest, then by name. */
final class DefaultClass {

    private static final Comparator<JsonNode> NEWEST_FIRST =
            Comparator.comparing((JsonNode object) ->
                            object.path("metadata").path("creationTimestamp").asText(""))
                    .reversed()
                    .thenComparing(DefaultClass::name);

    private DefaultClass() {}

    static Optional<String> among(Collection<ObjectNode> classes, String annotation) {
        return classes.stream()
                .filter(candidate -> isMarked(candidate, annotation))
                .min(NEWEST_FIRST)
                .map(DefaultClass::name);
    }

    private static boolean isMarked(JsonNode candidate, String annotation) {
        JsonNode annotations = candidate.path("metadata").path("annotations");
        return annotations.path(annotation).asText("").equals("true");
    }

    private static String name(JsonNode object) {
        return object.path("metadata").path("name").asText("");
    }
}
