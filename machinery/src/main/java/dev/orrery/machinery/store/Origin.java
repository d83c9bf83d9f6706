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
        cause = List.copyOf(cause);
    }

    public static Origin current() {
        return CURRENT.orElse(UNKNOWN);
    }
}
