package dev.orrery.machinery.reconcile;

import dev.orrery.machinery.informer.ChangeHandler.Change;
import dev.orrery.machinery.store.Traceparent;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * The changes that woke a key, newest first.
 *
 * <p>Invariant: at most {@link #KEPT}, no two of the same resourceVersion.
 */
record Causes(List<Change> changes) {

    /** Enough to tell the story; a key that slept through a thousand changes needs no more. */
    static final int KEPT = 8;

    static final Causes NONE = new Causes(List.of());

    private static final Comparator<Change> NEWEST_FIRST =
            Comparator.comparingLong(Change::resourceVersion).reversed();

    Causes {
        changes = List.copyOf(changes);
    }

    static Causes of(Change change) {
        return new Causes(List.of(change));
    }

    Causes and(Causes others) {
        TreeSet<Change> all = new TreeSet<>(NEWEST_FIRST);
        all.addAll(changes);
        all.addAll(others.changes);
        return new Causes(all.stream().limit(KEPT).toList());
    }

    /** Oldest first, as the log has them. */
    List<Long> resourceVersions() {
        return changes.reversed().stream().map(Change::resourceVersion).toList();
    }

    /** The newest change's trace, which the work goes on; a new one where none has any. */
    String traceparent(RandomGenerator random) {
        return changes.stream()
                .map(Change::traceparent)
                .filter(trace -> !trace.isEmpty())
                .findFirst()
                .orElseGet(() -> Traceparent.next(random));
    }
}
