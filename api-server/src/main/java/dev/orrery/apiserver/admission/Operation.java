package dev.orrery.apiserver.admission;

/** What a request does to an object, as admission sees it. */
public enum Operation {
    CREATE,
    UPDATE,
    DELETE,
    CONNECT
}
