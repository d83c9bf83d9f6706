package dev.orrery.kubelet.process;

/**
 * How a process ended.
 *
 * @param code 128 + n where signal n ended it
 * @param reason the runtime's own word where it has one ({@code OOMKilled}); else empty
 * @param message what it left as its termination message, or empty
 */
public record Exit(int code, String reason, String message) {

    private static final int SIGNALLED = 128;

    public static Exit of(int code) {
        return new Exit(code, "", "");
    }

    public static Exit by(Signal signal) {
        return of(SIGNALLED + signal.number());
    }
}
