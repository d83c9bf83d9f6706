package dev.orrery.apiserver.kind;

/** What the API does for some kinds and not for others. */
public enum Trait {
    /** {@code metadata.generation} counts the changes of what the user wants. */
    GENERATION,
    /** A PUT on a name that does not exist creates the object. */
    CREATE_ON_UPDATE,
    /** An update must name the resourceVersion that it replaces. */
    CONDITIONAL_UPDATE_ONLY,
    /** A delete answers with the object and not with a Status. */
    RETURNS_DELETED,
    /** Without a propagation policy a delete leaves the dependents. */
    ORPHANS_BY_DEFAULT,
    /** Answers requests but keeps nothing: reviews, metrics. */
    VIRTUAL,
    /** Its status says what is wrong with its expressions, given the types of what it is about. */
    TYPE_CHECKED
}
