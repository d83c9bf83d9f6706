package dev.orrery.apiserver.store;

/** A version was asked for that the log did not reach in time: 504 in Kubernetes. */
public final class TooLargeResourceVersionException extends RuntimeException {

    private final long requested;
    private final long current;

    public TooLargeResourceVersionException(long requested, long current) {
        super("Too large resource version: " + requested + ", current: " + current);
        this.requested = requested;
        this.current = current;
    }

    public long requested() {
        return requested;
    }

    public long current() {
        return current;
    }
}
