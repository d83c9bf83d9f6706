package dev.orrery.controllermanager.replicaset;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatus;

/**
 * A kind that keeps a number of equal pods alive. The engine sees each as a ReplicaSet.
 *
 * @param <T> the kind as it is stored
 */
public interface ReplicaKind<T extends HasMetadata> {

    Class<T> type();

    /** The object as a ReplicaSet: same metadata, spec and status, its own apiVersion and kind. */
    ReplicaSet view(T object);

    /** A copy of the object with that status. */
    T withStatus(T object, ReplicaSetStatus status);
}
