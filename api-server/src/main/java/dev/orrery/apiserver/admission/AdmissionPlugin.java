package dev.orrery.apiserver.admission;

import dev.orrery.apiserver.store.Derived;
import org.jspecify.annotations.Nullable;

/**
 * One question asked of every write. Its class is named as Kubernetes names the plugin. Called on
 * any thread, many at a time, and must not block: it reads the cluster's state from the attributes,
 * and holds none but what is derived from the registry.
 *
 * <p>Both methods refuse by throwing a {@link dev.orrery.apiserver.status.StatusException}.
 */
public interface AdmissionPlugin {

    /** Before validation: may change the attributes' object. Runs in the order of the list. */
    default void mutate(Attributes attributes) {}

    /** After validation: looks only. */
    default void validate(Attributes attributes) {}

    /** What the plugin asks that has to be kept up with the registry; null for nothing. */
    default @Nullable Derived derived() {
        return null;
    }
}
