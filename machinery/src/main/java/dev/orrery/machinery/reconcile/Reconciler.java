package dev.orrery.machinery.reconcile;

/**
 * Brings the world one step nearer to what one object asks for. Level-driven: it reads the
 * informers, never the event that woke it. Idempotent: run twice, the second run writes nothing.
 *
 * <p>Called by a {@link ReconcileLoop}, for one key at a time on one thread; different keys run at
 * the same time. May block in the store client and nowhere else. Throws to be tried again with
 * back-off.
 */
@FunctionalInterface
public interface Reconciler {

    Result reconcile(Key key);
}
