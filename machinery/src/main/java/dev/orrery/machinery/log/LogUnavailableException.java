package dev.orrery.machinery.log;

import org.jspecify.annotations.Nullable;

/** The log did not take an entry, or did not say whether it did. */
public final class LogUnavailableException extends RuntimeException {

    private final boolean mayHaveHappened;

    public LogUnavailableException(
            String message, boolean mayHaveHappened, @Nullable Throwable cause) {
        super(message, cause);
        this.mayHaveHappened = mayHaveHappened;
    }

    /** False: the entry is certainly not in the log and never will be. */
    public boolean mayHaveHappened() {
        return mayHaveHappened;
    }
}
