package dev.orrery.apiserver.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides which of the names that a definition asks for it gets: those that no other definition of
 * its group has. Once it has got all of them its kind is served, and goes on being served.
 */
public final class AcceptedNames {

    private static final String ACCEPTED = "NamesAccepted";
    private static final String ESTABLISHED = "Established";

    private final JsonNode requested;
    private final JsonNode accepted;
    private final ObjectNode next;
    private final Set<String> resources = new HashSet<>();
    private final Set<String> kinds = new HashSet<>();
    private String reason = "";
    private String message = "";

    private AcceptedNames(ObjectNode definition, Collection<JsonNode> all) {
        this.requested = definition.path("spec").path("names");
        this.accepted = definition.path("status").path("acceptedNames").deepCopy();
        this.next = definition.objectNode();
        for (JsonNode one : all) {
            take(one.path("status").path("acceptedNames"));
        }
    }

    private void take(JsonNode names) {
        resources.add(names.path("plural").asText(""));
        resources.add(names.path("singular").asText(""));
        names.path("shortNames").forEach(name -> resources.add(name.asText()));
        kinds.add(names.path("kind").asText(""));
        kinds.add(names.path("listKind").asText(""));
    }

    /**
     * Changes the definition's status.
     *
     * @param all definitions of the group, also this one
     */
    public static void decide(ObjectNode definition, Collection<JsonNode> all, Instant now) {
        AcceptedNames names = new AcceptedNames(definition, all);
        names.decide();
        definition.withObjectProperty("status").set("acceptedNames", names.next);
        boolean fine = names.reason.isEmpty();
        Conditions.set(
                definition,
                ACCEPTED,
                fine ? "True" : "False",
                fine ? "NoConflicts" : names.reason,
                fine ? "no conflicts found" : names.message,
                now);
        if (!Conditions.isTrue(definition, ESTABLISHED)) {
            Conditions.set(
                    definition,
                    ESTABLISHED,
                    fine ? "True" : "False",
                    fine ? "InitialNamesAccepted" : "NotAccepted",
                    fine ? "the initial names have been accepted" : "not all names are accepted",
                    now);
        }
    }

    private void decide() {
        one("plural", "PluralConflict", resources);
        one("singular", "SingularConflict", resources);
        shortNames();
        one("kind", "KindConflict", kinds);
        one("listKind", "ListKindConflict", kinds);
        JsonNode categories = requested.get("categories");
        if (categories != null) {
            next.set("categories", categories);
        }
    }

    private void one(String field, String conflict, Set<String> taken) {
        String wanted = requested.path(field).asText("");
        String had = accepted.path(field).asText("");
        if (!wanted.equals(had) && taken.contains(wanted)) {
            conflict(conflict, List.of(wanted));
            next.put(field, had);
        } else {
            next.put(field, wanted);
        }
    }

    private void shortNames() {
        Set<String> own = new HashSet<>();
        accepted.path("shortNames").forEach(name -> own.add(name.asText()));
        own.add(accepted.path("plural").asText(""));
        own.add(accepted.path("singular").asText(""));
        List<String> conflicts = new ArrayList<>();
        for (JsonNode name : requested.path("shortNames")) {
            if (!own.contains(name.asText()) && resources.contains(name.asText())) {
                conflicts.add(name.asText());
            }
        }
        JsonNode kept = conflicts.isEmpty() ? requested : accepted;
        if (!conflicts.isEmpty()) {
            conflict("ShortNamesConflict", conflicts);
        }
        if (!kept.path("shortNames").isEmpty()) {
            next.set("shortNames", kept.path("shortNames"));
        }
    }

    /** The last one is what is told. */
    private void conflict(String what, List<String> names) {
        reason = what;
        List<String> texts =
                names.stream().map(name -> "\"" + name + "\" is already in use").toList();
        message = texts.size() == 1 ? texts.getFirst() : "[" + String.join(", ", texts) + "]";
    }
}
