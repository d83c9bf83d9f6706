package dev.orrery.kubelet.process;

import java.util.Objects;

/** A container's own process could not be started. */
public final class StartException extends Exception {

    private static final long serialVersionUID = 1;

    StartException(String message) {
        super(message);
    }

    /** In the words of the container runtime. */
    public String text() {
        return Objects.requireNonNull(getMessage());
    }
}
