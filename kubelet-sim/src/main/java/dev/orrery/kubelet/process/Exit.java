package dev.orrery.kubelet.process;

/**
 * How a process ended.
 *
 * @param code 128 + n where signal n ended it
 * @param reason the runtime's own word where it has one ({@code OOMKilled}); else empty
 * @param message what it left as its termination message, or empty
 */
public record Exit(int code, String reason, String message) {

    /** The reason of a container whose process could not be started. */
    public static final String START_ERROR = "StartError";

    private static final int SIGNALLED = 128;

    public static Exit of(int code) {
        return new Exit(code, "", "");
    }

    /** It could not be started. */
    public static Exit neverRun(String why) {
        return new Exit(SIGNALLED, START_ERROR, why);
    }

    public static Exit by(Signal signal) {
        return of(SIGNALLED + signal.number());
    }
}
