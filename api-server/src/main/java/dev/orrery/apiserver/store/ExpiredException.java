package dev.orrery.apiserver.store;

/** The window of recent versions begins after the one that was asked for: 410 in Kubernetes. */
public final class ExpiredException extends RuntimeException {

    private final long requested;
    private final long oldest;

    public ExpiredException(long requested, long oldest) {
        super("too old resource version: " + requested + " (" + oldest + ")");
        this.requested = requested;
        this.oldest = oldest;
    }

    public long requested() {
        return requested;
    }

    /** The oldest version that could have been served. */
    public long oldest() {
        return oldest;
    }
}
