package dev.orrery.userland;

/** Somebody who waits for a channel; may be woken from any thread, and without cause. */
@FunctionalInterface
public interface Waiter {
    void wake();
}
