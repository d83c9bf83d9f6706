package dev.orrery.machinery.reconcile;

import java.time.Duration;

/** What a reconciler asks of its loop. */
public sealed interface Result {

    /** Nothing more until something changes. */
    record Done() implements Result {}

    /** Run the key again after a while even if nothing changes. */
    record Again(Duration after) implements Result {}

    Result DONE = new Done();

    static Result again(Duration after) {
        return new Again(after);
    }
}
