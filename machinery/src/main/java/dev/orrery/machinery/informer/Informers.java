package dev.orrery.machinery.informer;

import io.fabric8.kubernetes.api.model.HasMetadata;

/**
 * All informers of one component: they share one tail of the log and stand at one resourceVersion.
 *
 * <p>Life: {@link #of} and the informers' handlers first, then one start by whoever assembles the
 * component, which takes a snapshot and then follows the log.
 */
public interface Informers {

    /** The informer of a kind, made on the first call. Only before the start. */
    <T extends HasMetadata> Informer<T> of(Class<T> kind);

    /**
     * The informer of every object's metadata, whatever its kind, made on the first call. Only
     * before the start.
     */
    default MetadataInformer metadata() {
        throw new UnsupportedOperationException("these informers keep only whole objects");
    }

    /** Every change up to and including this resourceVersion can be read from the informers. */
    long applied();

    /**
     * Runs the task once the informers have passed a resourceVersion: at once, in the caller's
     * frame, if they have already; else on the informers' thread. It must be short.
     */
    void whenApplied(long resourceVersion, Runnable task);
}
