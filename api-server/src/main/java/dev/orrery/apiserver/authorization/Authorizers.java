package dev.orrery.apiserver.authorization;

import java.util.List;

/** Several, asked in turn until one allows; what the others said is told with the refusal. */
public record Authorizers(List<Authorizer> authorizers) implements Authorizer {

    private static final String MASTERS = "system:masters";
    private static final Decision MASTER = new Decision.Allowed("");

    public Authorizers {
        authorizers = List.copyOf(authorizers);
    }

    @Override
    public Decision authorize(Access access) {
        if (access.user().isIn(MASTERS)) {
            return MASTER;
        }
        StringBuilder reasons = new StringBuilder();
        for (Authorizer authorizer : authorizers) {
            Decision decision = authorizer.authorize(access);
            if (decision.isAllowed()) {
                return decision;
            }
            if (!decision.reason().isEmpty()) {
                reasons.append(reasons.isEmpty() ? "" : "\n").append(decision.reason());
            }
        }
        return new Decision.Refused(reasons.toString());
    }
}
