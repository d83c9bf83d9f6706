package dev.orrery.machinery.store;

import java.util.List;

/**
 * Why a write is made; it goes into the record's headers.
 *
 * <p>The reconcile loop binds {@link #CURRENT} around each reconcile, so that the reconciler need
 * not carry it. Work that goes on elsewhere (a binding, a timer) binds it again.
 *
 * @param cause the resourceVersions that the writer reacts to; empty if unknown
 * @param seen the highest resourceVersion that the writer had been shown; 0 if unknown
 * @param traceparent W3C trace context, or empty
 */
public record Origin(List<Long> cause, long seen, String traceparent) {

    public static final Origin UNKNOWN = new Origin(List.of(), 0, "");

    /** The origin of the writes that the running code makes. */
    public static final ScopedValue<Origin> CURRENT = ScopedValue.newInstance();

    public Origin {
        if (seen < 0) {
            throw new IllegalArgumentException("a resourceVersion is not negative");
        }
        cause = List.copyOf(cause);
    }

    public static Origin current() {
        return CURRENT.orElse(UNKNOWN);
    }

    /** The same, by a writer that has been shown more since. */
    Origin havingSeen(long resourceVersion) {
        return resourceVersion > seen ? new Origin(cause, resourceVersion, traceparent) : this;
    }

    /**
     * The task as a part of the work that is going on here: on whatever thread it runs, its writes
     * have this origin, and are counted as this work's writes.
     */
    public static Runnable carry(Runnable task) {
        ScopedValue.Carrier carrier = ScopedValue.where(CURRENT, current());
        ScopedValue.Carrier whole =
                WriteTracker.CURRENT.isBound()
                        ? carrier.where(WriteTracker.CURRENT, WriteTracker.CURRENT.get())
                        : carrier;
        return () -> whole.run(task);
    }
}
