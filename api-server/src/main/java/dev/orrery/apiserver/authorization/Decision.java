package dev.orrery.apiserver.authorization;

/** Whether access is given, and what is to be said about it. */
public sealed interface Decision {

    /** May be empty. */
    String reason();

    record Allowed(String reason) implements Decision {}

    /** Nobody who was asked allows it. */
    record Refused(String reason) implements Decision {}

    default boolean isAllowed() {
        return this instanceof Allowed;
    }
}
