package dev.orrery.userland.shell;

/**
 * An error that ends a script which is not interactive, such as an unset parameter under set -u.
 */
public final class ShellError extends RuntimeException {
    private static final long serialVersionUID = 1;

    ShellError(String message) {
        super(message, null, false, false);
    }
}
