package dev.orrery.machinery.store;

/** Kubernetes' request verbs. */
public enum Verb {
    GET("get"),
    LIST("list"),
    WATCH("watch"),
    CREATE("create"),
    UPDATE("update"),
    PATCH("patch"),
    DELETE("delete"),
    DELETE_COLLECTION("deletecollection");

    private final String text;

    Verb(String text) {
        this.text = text;
    }

    /** As discovery, RBAC and audit spell it. */
    @Override
    public String toString() {
        return text;
    }
}
