package dev.orrery.apiserver.store;

/** A running watch. Used from any thread. */
public interface Watch extends AutoCloseable {

    /**
     * Has the sink hear {@code progress} soon, from which a bookmark is made: before this returns,
     * or, while changes are being delivered, right after them.
     */
    void requestProgress();

    /** The sink hears nothing more, but for a call that is under way on another thread. */
    @Override
    void close();
}
