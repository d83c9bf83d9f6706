package dev.orrery.machinery.store;

import org.jspecify.annotations.Nullable;

/** The api-server gave no answer. A write may have happened: a level-driven retry finds out. */
public final class StoreUnavailableException extends RuntimeException {

    public StoreUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
