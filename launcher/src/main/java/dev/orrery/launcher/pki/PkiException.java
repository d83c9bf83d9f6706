package dev.orrery.launcher.pki;

/** Keys or certificates could not be made, read or written. */
public final class PkiException extends Exception {

    PkiException(String message, Throwable cause) {
        super(message, cause);
    }
}
