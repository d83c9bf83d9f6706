package dev.orrery.machinery.informer;

import dev.orrery.machinery.informer.ChangeHandler.Change;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A change that can be read already, and of which the handlers are still to hear. */
record Changed<T>(
        List<ChangeHandler<T>> handlers, @Nullable T before, @Nullable T after, Change change) {

    private static final Logger LOGGER = System.getLogger(Changed.class.getName());

    /** Tells every handler, in the order in which they were added; one that throws stops none. */
    void tell() {
        for (ChangeHandler<T> handler : handlers) {
            try {
                handler.changed(before, after, change);
            } catch (RuntimeException e) {
                LOGGER.log(
                        Level.ERROR,
                        "change handler failed resourceVersion=" + change.resourceVersion(),
                        e);
            }
        }
    }
}
