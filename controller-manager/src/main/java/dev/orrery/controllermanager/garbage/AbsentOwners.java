package dev.orrery.controllermanager.garbage;

import java.util.LinkedHashSet;
import java.util.SequencedSet;

/**
 * Uids of owners that are known to be gone, the latest of them. A uid never comes back, so what is
 * remembered stays true. Used from any thread.
 */
final class AbsentOwners {

    /** As many as Kubernetes remembers; more would only save reads. */
    private static final int REMEMBERED = 500;

    private final SequencedSet<String> uids = new LinkedHashSet<>();

    synchronized boolean contains(String uid) {
        return uids.contains(uid);
    }

    synchronized void add(String uid) {
        uids.addLast(uid);
        if (uids.size() > REMEMBERED) {
            uids.removeFirst();
        }
    }
}
