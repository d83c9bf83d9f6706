package dev.orrery.userland.shell;

/** A script that is no script; the message is dash's. */
final class SyntaxError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int line;

    SyntaxError(int line, String message) {
        super(message, null, false, false);
        this.line = line;
    }

    int line() {
        return line;
    }

    /** More lines could complete the script. */
    boolean incomplete() {
        return String.valueOf(getMessage()).contains("end of file")
                || String.valueOf(getMessage()).contains("Unterminated");
    }
}
