package dev.orrery.kubelet.mount;

import java.util.Objects;

/** A volume cannot be mounted, or a container cannot be made with it, in the kubelet's words. */
public final class MountException extends Exception {

    private static final long serialVersionUID = 1;

    MountException(String message) {
        super(message);
    }

    /** As the kubelet shows it. */
    public String text() {
        return Objects.requireNonNull(getMessage());
    }
}
