package dev.orrery.apiserver.rbac;

import dev.orrery.apiserver.authorization.Access;
import dev.orrery.apiserver.authorization.Authorizer;
import dev.orrery.apiserver.user.User;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps users from giving, to others or themselves, what they have not. */
public final class Escalation {

    private static final Rule EVERYTHING =
            new Rule(List.of("*"), List.of("*"), List.of("*"), List.of(), List.of());
    private static final Rule EVERYWHERE =
            new Rule(List.of("*"), List.of(), List.of(), List.of(), List.of("*"));

    private final RbacAuthorizer rbac;
    private final Authorizer authorizer;

    /**
     * @param authorizer whom the verbs {@code escalate} and {@code bind} are asked of
     */
    public Escalation(RbacAuthorizer rbac, Authorizer authorizer) {
        this.rbac = rbac;
        this.authorizer = authorizer;
    }

    /**
     * Whether nothing needs to be looked at: the user may do this whatever it brings.
     *
     * @param verb {@code escalate} or {@code bind}
     * @param namespace of the role that is written, or of the binding
     */
    public boolean isFree(User user, String verb, RoleRef role, String namespace) {
        Access access = Access.to(user, verb, role.resource(), "", namespace, role.name());
        return user.isIn("system:masters") || authorizer.authorize(access).isAllowed();
    }

    /** The rules of a role that is to be bound; null where it does not exist. */
    public @Nullable List<Rule> rules(RoleRef role, String namespace) {
        return rbac.rules(role, namespace);
    }

    /** Whether the user may do all there is. */
    public boolean isAlmighty(User user) {
        return missing(user, "", List.of(EVERYTHING, EVERYWHERE)).isEmpty();
    }

    /**
     * Why the user may not give these rights; empty where they may.
     *
     * @param namespace in which they are to count; empty for the whole cluster
     */
    public String refusal(User user, String namespace, List<Rule> given) {
        List<Rule> missing = missing(user, namespace, given);
        if (missing.isEmpty()) {
            return "";
        }
        String error = rbac.rights(user, namespace).error();
        return "user \""
                + user.name()
                + "\" (groups="
                + Coverage.quoted(user.groups())
                + ") is attempting to grant RBAC permissions not currently held:\n"
                + Coverage.text(missing)
                + (error.isEmpty() ? "" : "; resolution errors: " + error);
    }

    private List<Rule> missing(User user, String namespace, List<Rule> given) {
        return Coverage.missing(rbac.rights(user, namespace).rules(), given);
    }
}
