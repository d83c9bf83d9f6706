package dev.orrery.machinery.store;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * What one piece of work has written, and how much it has been shown by now. The reconcile loop
 * binds one around each reconcile and the store client reports to it, so that the loop can wait
 * until the informers have passed the work's own writes. Used from any thread.
 */
public final class WriteTracker {

    public static final ScopedValue<WriteTracker> CURRENT = ScopedValue.newInstance();

    private final LongSupplier shown;
    private final AtomicLong highest = new AtomicLong();
    private volatile boolean unsure;

    /**
     * @param shown the highest resourceVersion that the writer has been shown, as of the call
     */
    public WriteTracker(LongSupplier shown) {
        this.shown = shown;
    }

    /** The highest resourceVersion that this work has written; 0 for none. */
    public long highestWritten() {
        return highest.get();
    }

    /** Whether a write got no answer: it may have happened, or may not. */
    public boolean isUnsure() {
        return unsure;
    }

    static void unanswered(Verb verb) {
        if (CURRENT.isBound() && writes(verb)) {
            CURRENT.get().unsure = true;
        }
    }

    static Origin stamp(Origin origin) {
        return CURRENT.isBound() ? origin.havingSeen(CURRENT.get().shown.getAsLong()) : origin;
    }

    static void answered(Call call, Answer answer) {
        if (CURRENT.isBound() && writes(call.verb()) && !call.resource().equals("events")) {
            CURRENT.get().highest.accumulateAndGet(answer.resourceVersion(), Math::max);
        }
    }

    private static boolean writes(Verb verb) {
        return switch (verb) {
            case GET, LIST, WATCH -> false;
            case CREATE, UPDATE, PATCH, DELETE, DELETE_COLLECTION -> true;
        };
    }
}
