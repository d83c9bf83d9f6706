package dev.orrery.machinery.store;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * How an object is to be deleted.
 *
 * @param uid only the object with this uid, or null for whichever has the name
 * @param resourceVersion only this version, or null for any
 * @param gracePeriodSeconds null for the kind's or object's own
 * @param propagation {@code Background}, {@code Foreground}, {@code Orphan}, or null for the kind's
 *     own
 */
public record Deletion(
        @Nullable String uid,
        @Nullable String resourceVersion,
        @Nullable Long gracePeriodSeconds,
        @Nullable String propagation) {

    public static final Deletion ANY = new Deletion(null, null, null, null);

    /** Only the object that the caller knows, not another of its name. */
    public static Deletion of(String uid) {
        return new Deletion(requireNonNull(uid), null, null, null);
    }

    public Deletion withGracePeriod(long seconds) {
        return new Deletion(uid, resourceVersion, seconds, propagation);
    }

    public Deletion withPropagation(String policy) {
        return new Deletion(uid, resourceVersion, gracePeriodSeconds, policy);
    }
}
