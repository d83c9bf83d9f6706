package dev.orrery.controllermanager.pod;

import dev.orrery.machinery.store.ApiException;

/**
 * Runs an action many times in batches of 1, 2, 4, 8, ... and goes on to the next batch only if the
 * whole batch before went well: where every call is going to be refused (a quota is used up), there
 * are few of them. Ten actions run as 1 + 2 + 4 + 3.
 */
public final class SlowStart {

    private SlowStart() {}

    /** Throws the first refusal of a batch, after the rest of that batch was tried. */
    public static void run(int count, Runnable action) {
        int left = count;
        for (int batch = 1; left > 0; batch *= 2) {
            int size = Math.min(batch, left);
            runBatch(size, action);
            left -= size;
        }
    }

    private static void runBatch(int size, Runnable action) {
        ApiException first = null;
        for (int i = 0; i < size; i++) {
            try {
                action.run();
            } catch (ApiException e) {
                if (first == null) {
                    first = e;
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
