package dev.orrery.apiserver.ownership;

import dev.orrery.apiserver.status.StatusException;
import dev.orrery.apiserver.status.StatusException.Cause;
import dev.orrery.apiserver.status.StatusException.Details;
import java.util.ArrayList;
import java.util.List;

/** What a client applies is another's. */
final class ConflictException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient List<Conflict> conflicts;

    /**
     * @param conflicts ordered by their owners
     */
    ConflictException(List<Conflict> conflicts) {
        super("conflicts", null, false, false);
        this.conflicts = List.copyOf(conflicts);
    }

    List<Conflict> conflicts() {
        return conflicts;
    }

    StatusException refusal() {
        List<Cause> causes =
                conflicts.stream()
                        .map(one ->
                                new Cause(
                                        "FieldManagerConflict",
                                        "conflict with " + one.owner(),
                                        one.path()))
                        .toList();
        return new StatusException(409, "Conflict", message(), Details.NONE.withCauses(causes));
    }

    private String message() {
        if (conflicts.size() == 1) {
            Conflict one = conflicts.getFirst();
            return "Apply failed with 1 conflict: conflict with %s: %s"
                    .formatted(one.owner(), one.path());
        }
        List<String> lines = new ArrayList<>();
        String last = "";
        for (Conflict one : conflicts) {
            String owner = "conflicts with " + one.owner() + ":";
            if (!owner.equals(last)) {
                lines.add(owner);
                last = owner;
            }
            lines.add("- " + one.path());
        }
        return "Apply failed with %d conflicts: %s"
                .formatted(conflicts.size(), String.join("\n", lines));
    }
}
