package dev.orrery.apiserver.rbac;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Whom a binding gives a role.
 *
 * @param kind {@code User}, {@code Group} or {@code ServiceAccount}
 * @param namespace of an account; else empty
 */
public record Subject(String kind, String namespace, String name) {

    static final String GROUP = "Group";
    static final String ACCOUNT = "ServiceAccount";
    private static final String ACCOUNT_PREFIX = "system:serviceaccount:";

    static Subject of(JsonNode subject) {
        return new Subject(
                subject.path("kind").asText(""),
                subject.path("namespace").asText(""),
                subject.path("name").asText(""));
    }

    /** The same, where an account without a namespace is one of the binding's. */
    Subject in(String bindingNamespace) {
        return kind.equals(ACCOUNT) && namespace.isEmpty()
                ? new Subject(kind, bindingNamespace, name)
                : this;
    }

    /** The name in a user's credentials that makes the user this subject. */
    String credential() {
        return kind.equals(ACCOUNT) ? ACCOUNT_PREFIX + namespace + ":" + name : name;
    }

    boolean isGroup() {
        return kind.equals(GROUP);
    }

    @Override
    public String toString() {
        return kind + " \"" + name + (kind.equals(ACCOUNT) ? "/" + namespace : "") + "\"";
    }
}
