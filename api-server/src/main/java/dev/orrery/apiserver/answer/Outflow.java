package dev.orrery.apiserver.answer;

import org.jspecify.annotations.Nullable;

/**
 * An answer that goes on for as long as its client listens. The edge takes what there is as fast as
 * its client reads.
 */
public interface Outflow extends AutoCloseable {

    /** Whom to tell that there is something to take, each time after there was nothing. */
    void onReady(Runnable task);

    /**
     * The next bytes; empty if there are none yet.
     *
     * @return null after the last ones
     */
    byte @Nullable [] poll();

    @Override
    void close();
}
