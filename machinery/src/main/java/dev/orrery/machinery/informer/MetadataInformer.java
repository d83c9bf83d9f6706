package dev.orrery.machinery.informer;

import dev.orrery.machinery.log.ObjectKey;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of every object in the cluster, whatever its kind, as this component knows it now.
 * Read from any thread. As all informers stand at one resourceVersion, an owner that cannot be
 * found here when its dependent can was gone, or never was, when the dependent was written last.
 */
public interface MetadataInformer {

    @Nullable ObjectMetadata get(ObjectKey key);

    @Nullable ObjectMetadata byUid(String uid);

    /** The objects with an owner reference, controlling or not, to this uid; in order of keys. */
    Collection<ObjectMetadata> ownedBy(String uid);

    /** The objects of a namespace, in order of keys. */
    Collection<ObjectMetadata> list(String namespace);

    /** Before the start only; called as the handlers of {@link Informer} are. */
    void addHandler(ChangeHandler<ObjectMetadata> handler);
}
