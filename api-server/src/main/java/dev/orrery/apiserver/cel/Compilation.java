package dev.orrery.apiserver.cel;

import org.jspecify.annotations.Nullable;

/** What came of compiling a text. */
public sealed interface Compilation {

    /** It can be evaluated. */
    record Done(Expression expression) implements Compilation {}

    /**
     * It cannot.
     *
     * @param message in Kubernetes' words: {@code compilation failed: ERROR: <input>:1:6: ...}
     */
    record Failed(String message) implements Compilation {}

    /** Null where it can be evaluated. */
    default @Nullable String fault() {
        return this instanceof Failed(String message) ? message : null;
    }
}
