package dev.orrery.apiserver.admission;

/**
 * One question asked of every write. Its class is named as Kubernetes names the plugin. Called on
 * any thread, many at a time, and must not block: it holds no state and reads the cluster's from
 * the attributes.
 *
 * <p>Both methods refuse by throwing a {@link dev.orrery.apiserver.status.StatusException}.
 */
public interface AdmissionPlugin {

    /** Before validation: may change the attributes' object. Runs in the order of the list. */
    default void mutate(Attributes attributes) {}

    /** After validation: looks only. */
    default void validate(Attributes attributes) {}
}
